package main

import (
	"fmt"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/test/xds"
	"istio.io/istio/pkg/test"
)

// answerTo is the whole of expected-by-istio.yaml.
type answerTo struct {
	Rejected map[string]bool  `json:"rejected,omitempty"` // resources that a cluster refuses
	Proxies  map[string]*form `json:"proxies"`
}

// ask starts istiod's translation on the manifests, in this process, and asks it for the proxies' resources.
func ask(input string, proxies []string, s *schemas) (*answerTo, error) {
	m, err := read(input, s)
	if err != nil {
		return nil, err
	}
	w := newWorld(m)
	result := &answerTo{Rejected: map[string]bool{}, Proxies: map[string]*form{}}
	for name, reason := range m.rejected {
		result.Rejected[name] = true
		fmt.Printf("  Istio refuses %s: %s\n", name, reason)
	}
	err = test.Wrap(func(t test.Failer) {
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{KubernetesObjects: w.others, Configs: m.istio})
		for _, id := range proxies {
			pod := w.podByID(id)
			if pod == nil {
				t.Fatalf("no pod %s among the manifests' Deployments", id)
			}
			result.Proxies[id] = normalise(w, pod, resources(server, pod))
		}
	})
	return result, err
}

func resources(server *xds.FakeDiscoveryServer, pod *pod) *told {
	proxy := server.SetupProxy(proxyOf(pod))
	listeners := server.Listeners(proxy)
	return &told{
		listeners: listeners,
		routes:    server.RoutesFromListeners(proxy, listeners),
		clusters:  server.Clusters(proxy),
		endpoints: server.Endpoints(proxy),
	}
}

// proxyOf describes the pod's Envoy as pilot-agent would.
func proxyOf(pod *pod) *model.Proxy {
	kind := model.SidecarProxy
	if pod.gateway {
		kind = model.Router
	}
	return &model.Proxy{
		Type:            kind,
		ID:              pod.id,
		IPAddresses:     []string{pod.ip},
		ConfigNamespace: pod.Namespace,
		DNSDomain:       fmt.Sprintf("%s.svc.cluster.local", pod.Namespace),
		Labels:          pod.Labels,
		Metadata: &model.NodeMetadata{
			Namespace:      pod.Namespace,
			Labels:         pod.Labels,
			ClusterID:      "Kubernetes",
			IstioVersion:   "1.31.0",
			ServiceAccount: pod.Spec.ServiceAccountName,
		},
	}
}
