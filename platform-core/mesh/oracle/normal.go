package main

import (
	"encoding/json"
	"fmt"
	"net"
	"sort"
	"strings"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
)

// told is what Istio tells one proxy.
type told struct {
	listeners []*listenerv3.Listener
	routes    []*routev3.RouteConfiguration
	clusters  []*clusterv3.Cluster
	endpoints []*endpointv3.ClusterLoadAssignment
	secrets   []*tlsv3.Secret
}

// node is one mapping of the normal form.
type node = map[string]any

// form is the normal form of what one proxy is told: what Istio and Binnacle both define, by names both use.
type form struct {
	Outbound  node `json:"outbound,omitempty"`  // a Service's host:port, at a gateway the bound port, to filter chains
	Inbound   node `json:"inbound,omitempty"`   // container port to mutual TLS mode, protocol and cluster
	Routes    node `json:"routes,omitempty"`    // route configuration to virtual host to domains and routes
	Clusters  node `json:"clusters,omitempty"`  // cluster to balancing, TLS and endpoints
	Secrets   node `json:"secrets,omitempty"`   // what is told of certificates and authorities that are asked for
	Telemetry node `json:"telemetry,omitempty"` // side and protocol to metrics, access logs and tracing
}

func normalise(w *world, p *pod, t *told) *form {
	if p.gateway {
		return &form{Outbound: gatewayListeners(t), Routes: routeTables(t), Clusters: clusters(w, t), Secrets: secrets(t)}
	}
	return &form{
		Outbound: outboundListeners(w, t),
		Inbound:  inboundListeners(p, t),
		Routes:   routeTables(t),
		Clusters: clusters(w, t),
		Secrets:  secrets(t),
	}
}

// put adds a value unless it says nothing.
func put(n node, key string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case bool:
		if !v {
			return
		}
	case uint32:
		if v == 0 {
			return
		}
	case []string:
		if len(v) == 0 {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	case node:
		if len(v) == 0 {
			return
		}
	}
	n[key] = value
}

// others names the fields that are set and that the normal form does not speak of: nothing is lost silently.
func others(n node, m proto.Message, known ...string) {
	skip := map[protoreflect.Name]bool{}
	for _, name := range known {
		skip[protoreflect.Name(name)] = true
	}
	var found []string
	m.ProtoReflect().Range(func(field protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
		if !skip[field.Name()] {
			found = append(found, string(field.Name()))
		}
		return true
	})
	sort.Strings(found)
	put(n, "other", found)
}

func unpack[T proto.Message](a *anypb.Any, into T) (T, bool) {
	if a == nil || !a.MessageIs(into) {
		return into, false
	}
	return into, a.UnmarshalTo(into) == nil
}

// plain is a message as JSON has it, which tells nothing of fields that are not set.
func plain(m proto.Message) node {
	n := node{}
	if m == nil || !m.ProtoReflect().IsValid() {
		return n
	}
	text, err := protojson.MarshalOptions{UseProtoNames: true}.Marshal(m)
	if err != nil {
		panic(err)
	}
	if err := json.Unmarshal(text, &n); err != nil {
		panic(err)
	}
	return n
}

func millis(d *durationpb.Duration) string {
	if d == nil || d.AsDuration() == 0 {
		return ""
	}
	return fmt.Sprintf("%dms", d.AsDuration().Milliseconds())
}

func sorted(in []string) []string {
	out := append([]string{}, in...)
	sort.Strings(out)
	return out
}

// domains leaves out addresses, which differ, and ports, which one side lists and the other ignores in the comparison.
func domains(all []string) []string {
	found := map[string]bool{}
	for _, domain := range all {
		name := domain
		if colon := strings.LastIndex(domain, ":"); colon >= 0 && !strings.Contains(domain, "[") {
			name = domain[:colon]
		}
		if net.ParseIP(strings.Trim(name, "[]")) == nil {
			found[name] = true
		}
	}
	result := make([]string, 0, len(found))
	for name := range found {
		result = append(result, name)
	}
	return sorted(result)
}
