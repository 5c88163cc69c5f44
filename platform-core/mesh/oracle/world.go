package main

import (
	"fmt"
	"sort"
	"strconv"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/intstr"

	networking "istio.io/api/networking/v1alpha3"
)

// created is the same for everything, so that nothing but names decides an order.
var created = metav1.NewTime(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))

// pod is one replica of a Deployment, as a scheduler and Istio's injection webhook would have made it.
type pod struct {
	id      string // name.namespace
	ip      string
	gateway bool
	sidecar bool
	*corev1.Pod
}

// world plays the parts of Kubernetes that the manifests leave to it: scheduler, endpoint controller, IP allocation.
type world struct {
	services []*corev1.Service
	entries  []*networking.ServiceEntry
	pods     []*pod
	others   []runtime.Object
}

func newWorld(m *manifests) *world {
	w := &world{services: m.services}
	for _, c := range m.istio {
		if entry, ok := c.Spec.(*networking.ServiceEntry); ok {
			w.entries = append(w.entries, entry)
		}
	}
	w.allocate()
	w.namespaces(m)
	for _, d := range sortedDeployments(m.deployments) {
		replicas := 1
		if d.Spec.Replicas != nil {
			replicas = int(*d.Spec.Replicas)
		}
		for i := range replicas {
			w.pods = append(w.pods, newPod(d, i, len(w.pods)+1))
		}
	}
	for _, p := range w.pods {
		w.others = append(w.others, p.Pod)
	}
	for _, s := range w.services {
		w.others = append(w.others, s)
		w.slices(s)
	}
	for i := range m.accounts {
		w.others = append(w.others, m.accounts[i])
	}
	for _, s := range m.secrets {
		w.others = append(w.others, s)
	}
	for _, o := range m.gatewayAPI {
		w.others = append(w.others, o)
	}
	return w
}

func sortedDeployments(all []*appsv1.Deployment) []*appsv1.Deployment {
	sort.SliceStable(all, func(i, j int) bool {
		if all[i].Namespace != all[j].Namespace {
			return all[i].Namespace < all[j].Namespace
		}
		return all[i].Name < all[j].Name
	})
	return all
}

// allocate gives each Service what the API server would: a cluster IP, protocols and target ports.
func (w *world) allocate() {
	sort.SliceStable(w.services, func(i, j int) bool { return host(w.services[i]) < host(w.services[j]) })
	for i, s := range w.services {
		s.CreationTimestamp = created
		if s.Spec.Type == "" {
			s.Spec.Type = corev1.ServiceTypeClusterIP
		}
		if s.Spec.ClusterIP == "" {
			s.Spec.ClusterIP = fmt.Sprintf("10.96.%d.%d", i/250, i%250+1)
		}
		s.Spec.ClusterIPs = []string{s.Spec.ClusterIP}
		for j := range s.Spec.Ports {
			port := &s.Spec.Ports[j]
			if port.Protocol == "" {
				port.Protocol = corev1.ProtocolTCP
			}
			if port.TargetPort == (intstr.IntOrString{}) {
				port.TargetPort = intstr.FromInt32(port.Port)
			}
		}
	}
}

func (w *world) namespaces(m *manifests) {
	names := map[string]bool{"default": true, "istio-system": true}
	for _, n := range m.namespaces {
		names[n.Name] = true
		w.others = append(w.others, n)
	}
	for _, s := range m.services {
		names[s.Namespace] = true
	}
	for _, d := range m.deployments {
		names[d.Namespace] = true
	}
	for _, n := range m.namespaces {
		delete(names, n.Name)
	}
	for name := range names {
		w.others = append(w.others, &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: name}})
	}
}

func newPod(d *appsv1.Deployment, replica, index int) *pod {
	labels := map[string]string{}
	for k, v := range d.Spec.Template.Labels {
		labels[k] = v
	}
	p := &pod{ip: fmt.Sprintf("10.1.%d.%d", index/250, index%250)}
	p.gateway = d.Spec.Template.Annotations["inject.istio.io/templates"] == "gateway"
	p.sidecar = !p.gateway && labels["sidecar.istio.io/inject"] != "false" &&
		d.Spec.Template.Annotations["sidecar.istio.io/inject"] != "false"
	if p.sidecar {
		// The injection webhook says so; the gateway's template does not.
		labels["security.istio.io/tlsMode"] = "istio"
	}
	name := d.Name + "-" + strconv.Itoa(replica)
	p.id = name + "." + d.Namespace
	p.Pod = &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{
			Name: name, Namespace: d.Namespace, Labels: labels, Annotations: d.Spec.Template.Annotations,
			CreationTimestamp: created,
			GenerateName:      d.Name + "-7d9c5b8f6-",
			OwnerReferences: []metav1.OwnerReference{
				{APIVersion: "apps/v1", Kind: "ReplicaSet", Name: d.Name + "-7d9c5b8f6", Controller: new(true)},
			},
		},
		Spec: *d.Spec.Template.Spec.DeepCopy(),
		Status: corev1.PodStatus{
			Phase: corev1.PodRunning, PodIP: p.ip, PodIPs: []corev1.PodIP{{IP: p.ip}},
			Conditions: []corev1.PodCondition{{Type: corev1.PodReady, Status: corev1.ConditionTrue}},
		},
	}
	for i := range p.Spec.Containers {
		for j := range p.Spec.Containers[i].Ports {
			if port := &p.Spec.Containers[i].Ports[j]; port.Protocol == "" {
				port.Protocol = corev1.ProtocolTCP
			}
		}
	}
	p.Labels["pod-template-hash"] = "7d9c5b8f6"
	if p.Spec.ServiceAccountName == "" {
		p.Spec.ServiceAccountName = "default"
	}
	return p
}

// slices adds what the endpoint controller would: one EndpointSlice per pod, as pods may give one port name several numbers.
func (w *world) slices(s *corev1.Service) {
	if len(s.Spec.Selector) == 0 {
		return
	}
	for _, p := range w.pods {
		if p.Namespace != s.Namespace || !subset(s.Spec.Selector, p.Labels) {
			continue
		}
		w.others = append(w.others, &discoveryv1.EndpointSlice{
			ObjectMeta: metav1.ObjectMeta{
				Name: s.Name + "-" + p.Name, Namespace: s.Namespace, CreationTimestamp: created,
				Labels: map[string]string{discoveryv1.LabelServiceName: s.Name},
			},
			AddressType: discoveryv1.AddressTypeIPv4,
			Endpoints: []discoveryv1.Endpoint{{
				Addresses:  []string{p.ip},
				Conditions: discoveryv1.EndpointConditions{Ready: new(true)},
				TargetRef:  &corev1.ObjectReference{Kind: "Pod", Name: p.Name, Namespace: p.Namespace},
			}},
			Ports: endpointPorts(s, p),
		})
	}
}

// addresses returns where clients find a Service: its cluster IP or, when it has none, its pods.
func (w *world) addresses(s *corev1.Service) []string {
	if s.Spec.ClusterIP != corev1.ClusterIPNone {
		return []string{s.Spec.ClusterIP}
	}
	var result []string
	for _, p := range w.pods {
		if p.Namespace == s.Namespace && subset(s.Spec.Selector, p.Labels) {
			result = append(result, p.ip)
		}
	}
	return result
}

func endpointPorts(s *corev1.Service, p *pod) []discoveryv1.EndpointPort {
	var result []discoveryv1.EndpointPort
	for _, port := range s.Spec.Ports {
		if target, ok := target(port, p); ok {
			result = append(result, discoveryv1.EndpointPort{
				Name: &port.Name, Port: &target, Protocol: &port.Protocol, AppProtocol: port.AppProtocol,
			})
		}
	}
	return result
}

func target(port corev1.ServicePort, p *pod) (int32, bool) {
	if port.TargetPort.Type == intstr.Int {
		return port.TargetPort.IntVal, true
	}
	for _, container := range p.Spec.Containers {
		for _, c := range container.Ports {
			if c.Name == port.TargetPort.StrVal {
				return c.ContainerPort, true
			}
		}
	}
	return 0, false
}

func subset(some, all map[string]string) bool {
	for k, v := range some {
		if all[k] != v {
			return false
		}
	}
	return true
}

func host(s *corev1.Service) string { return s.Name + "." + s.Namespace + ".svc.cluster.local" }

func (w *world) podByID(id string) *pod {
	for _, p := range w.pods {
		if p.id == id {
			return p
		}
	}
	return nil
}

// podAt names an address: the pod that has it, or the address itself.
func (w *world) podAt(ip string) string {
	for _, p := range w.pods {
		if p.ip == ip {
			return p.id
		}
	}
	return ip
}
