package main

import (
	"fmt"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"

	"istio.io/istio/pilot/pkg/model"
	"istio.io/istio/pilot/pkg/serviceregistry/util/label"
	v3 "istio.io/istio/pilot/pkg/xds/v3"
	"istio.io/istio/pilot/test/xds"
	pkgmodel "istio.io/istio/pkg/model"
	"istio.io/istio/pkg/spiffe"
	"istio.io/istio/pkg/test"
	"istio.io/istio/pkg/util/sets"
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
		fmt.Printf("  Istio refuses %s: %s\n", name, oneLine(reason))
	}
	err = test.Wrap(func(t test.Failer) {
		server := xds.NewFakeDiscoveryServer(t, xds.FakeOptions{DisableSecretAuthorization: true, KubernetesObjects: w.others, Configs: m.istio, MeshConfig: m.mesh})
		if len(m.gatewayAPI) > 0 {
			settleGatewayAPI(server)
		}
		settle(server)
		server.ConfigGen.MeshConfigChanged(nil) // it keeps the access log of the case before
		for _, id := range proxies {
			pod := w.podByID(id)
			if pod == nil {
				t.Fatalf("no pod %s among the manifests' Deployments", id)
			}
			told := resources(server, pod)
			result.Proxies[id] = normalise(w, pod, told)
			if saysTelemetry(m) {
				result.Proxies[id].Telemetry = telemetry(pod, told)
			}
		}
	})
	return result, err
}

// settle lets the answer be that of an istiod which has seen everything: what comes from WorkloadEntries comes late.
func settle(server *xds.FakeDiscoveryServer) {
	env := server.Env()
	push := model.NewPushContext()
	push.JwtKeyResolver = server.Discovery.JwtKeyResolver
	push.InitContext(env, nil, nil)
	env.SetPushContext(push)
}

func resources(server *xds.FakeDiscoveryServer, pod *pod) *told {
	proxy := server.SetupProxy(proxyOf(pod))
	listeners := server.Listeners(proxy)
	t := &told{
		listeners: listeners,
		routes:    server.RoutesFromListeners(proxy, listeners),
		clusters:  server.Clusters(proxy),
		endpoints: server.Endpoints(proxy),
	}
	t.secrets = secretsOf(server, proxy, asked(t))
	return t
}

// secretsOf asks for what listeners and clusters name.
func secretsOf(server *xds.FakeDiscoveryServer, proxy *model.Proxy, names []string) (result []*tlsv3.Secret) {
	watched := &model.WatchedResource{TypeUrl: v3.SecretType, ResourceNames: sets.New(names...)}
	found, _, err := server.Discovery.Generators[v3.SecretType].Generate(proxy, watched, &model.PushRequest{Forced: true})
	if err != nil {
		panic(err)
	}
	for _, resource := range found {
		secret := &tlsv3.Secret{}
		if err := resource.Resource.UnmarshalTo(secret); err != nil {
			panic(err)
		}
		result = append(result, secret)
	}
	return result
}

// proxyOf describes the pod's Envoy as pilot-agent would.
func proxyOf(pod *pod) *model.Proxy {
	kind := model.SidecarProxy
	if pod.gateway {
		kind = model.Router
	}
	labels := augmented(pod)
	return &model.Proxy{
		Locality: &core.Locality{
			Region: labels[label.LabelTopologyRegion], Zone: labels[label.LabelTopologyZone], SubZone: labels[label.LabelTopologySubzone],
		},
		Type:            kind,
		ID:              pod.id,
		IPAddresses:     []string{pod.ip},
		ConfigNamespace: pod.Namespace,
		DNSDomain:       fmt.Sprintf("%s.svc.cluster.local", pod.Namespace),
		Labels:          labels,
		Metadata: &model.NodeMetadata{
			Namespace:      pod.Namespace,
			Labels:         pod.Labels,
			ClusterID:      "Kubernetes",
			IstioVersion:   "1.31.0",
			ServiceAccount: pod.Spec.ServiceAccountName,
		},
		VerifiedIdentity: &spiffe.Identity{
			TrustDomain: "cluster.local", Namespace: pod.Namespace, ServiceAccount: pod.Spec.ServiceAccountName,
		},
	}
}

// augmented are the pod's labels and those that istiod adds to them when the proxy connects.
func augmented(pod *pod) map[string]string {
	locality := pkgmodel.SanitizeLocalityLabel(pkgmodel.GetLocalityLabel(pod.Labels))
	return label.AugmentLabels(pod.Labels, "Kubernetes", locality, "", "")
}
