package main

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"sort"
	"strconv"
	"strings"

	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	listenerv3 "github.com/envoyproxy/go-control-plane/envoy/config/listener/v3"
	routev3 "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	hcmv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/http_connection_manager/v3"
	tcpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/network/tcp_proxy/v3"
	corev1 "k8s.io/api/core/v1"

	"istio.io/istio/pkg/config/kube"
	istio "istio.io/istio/pkg/config/protocol"
)

// outboundListeners asks for each port of each host: where does a connection to it go?
func outboundListeners(w *world, t *told) node {
	result := node{}
	for _, s := range w.services {
		for _, port := range s.Spec.Ports {
			if port.Protocol == corev1.ProtocolTCP && sees(t, host(s), port.Port) {
				found := chains(listenerFor(t, w.addresses(s), port.Port), "")
				if kube.ConvertProtocol(port.Port, port.Name, port.Protocol, port.AppProtocol).IsHTTP() {
					found = withoutNames(found)
				}
				put(result, fmt.Sprintf("%s:%d", host(s), port.Port), routed(t, found, host(s), port.Port))
			}
		}
	}
	for _, e := range w.entries {
		for _, host := range e.Hosts {
			if strings.HasPrefix(host, "*") {
				continue // in a mesh on one machine a wildcard has no address
			}
			for _, port := range e.Ports {
				if number := int32(port.Number); sees(t, host, number) {
					found := chains(listenerFor(t, e.Addresses, number), host)
					if istio.Parse(port.Protocol).IsTLS() {
						found = withoutHTTP(found)
					}
					put(result, fmt.Sprintf("%s:%d", host, number), routed(t, found, host, number))
				}
			}
		}
	}
	return result
}

// sees tells whether a proxy may see a host. An HTTP listener of Istio's stands at every address of its port, also at
// those of Services that the proxy knows nothing of.
func sees(t *told, host string, port int32) bool {
	name := fmt.Sprintf("outbound|%d||%s", port, host)
	for _, c := range t.clusters {
		if c.Name == name {
			return true
		}
	}
	return false
}

// withoutHTTP leaves out where HTTP goes that others have at a port which is for TLS here.
func withoutHTTP(chains []any) (result []any) {
	for _, chain := range chains {
		if chain.(node)["http"] == nil {
			result = append(result, chain)
		}
	}
	return result
}

// withoutNames leaves out where TLS goes that others have at a port which is for HTTP here.
func withoutNames(chains []any) (result []any) {
	for _, chain := range chains {
		if chain.(node)["sni"] == nil {
			delete(chain.(node), "protocols")
			result = append(result, chain)
		}
	}
	return result
}

// routed returns nothing for a host that its table of routes does not have: rules of another host lead there, and at the
// listener for all hosts of the port it is like an unknown one.
func routed(t *told, chains []any, host string, port int32) []any {
	for _, chain := range chains {
		name, _ := chain.(node)["http"].(string)
		for _, table := range t.routes {
			if table.Name == name && !slices.ContainsFunc(table.VirtualHosts, func(v *routev3.VirtualHost) bool {
				return strings.EqualFold(v.Name, fmt.Sprintf("%s:%d", host, port))
			}) {
				return nil
			}
		}
	}
	return chains
}

// listenerFor finds the listener as Envoy does: by the exact address, else by the port alone.
func listenerFor(t *told, addresses []string, port int32) *listenerv3.Listener {
	for _, written := range append(append([]string{}, addresses...), "0.0.0.0") {
		address := strings.TrimSuffix(written, "/32")
		for _, l := range t.listeners {
			at := l.GetAddress().GetSocketAddress()
			if at.GetAddress() == address && at.GetPortValue() == uint32(port) &&
				l.TrafficDirection == corev3.TrafficDirection_OUTBOUND {
				return l
			}
		}
	}
	return nil
}

func gatewayListeners(t *told) node {
	result := node{}
	for _, l := range t.listeners {
		result[strconv.Itoa(int(l.GetAddress().GetSocketAddress().GetPortValue()))] = chains(l, "")
	}
	return result
}

// chains says for each filter chain which connections it takes and where they go.
//
// An HTTP listener of Istio's stands at every address of its port, so it also has a chain for what is no HTTP and meant
// for some other address. Where a listener stands at a host's own address there is nothing to tell apart, and where
// it does not, TLS is told apart by the host that the client says it means.
func chains(l *listenerv3.Listener, host string) []any {
	var result []any
	if l == nil {
		return nil
	}
	conditions := map[string]bool{}
	for _, chain := range allChains(l) {
		if _, proxy := end(chain); proxy.GetCluster() == "PassthroughCluster" || proxy.GetCluster() == "BlackHoleCluster" {
			continue
		}
		n := node{}
		match := chain.GetFilterChainMatch()
		names := match.GetServerNames()
		if host != "" && len(names) > 0 && !slices.ContainsFunc(names, func(name string) bool { return covers(name, host) }) {
			continue
		}
		if len(names) != 1 || names[0] != host {
			put(n, "sni", sorted(names))
		}
		put(n, "protocols", sorted(match.GetApplicationProtocols()))
		put(n, "subnets", subnets(match.GetPrefixRanges()))
		put(n, "tls", downstreamTLS(chain))
		put(n, "access", access(chain))
		if manager, proxy := end(chain); manager != nil {
			put(n, "paths", paths(manager))
			put(n, "http", manager.GetRds().GetRouteConfigName())
		} else if proxy != nil {
			put(n, "tcp", tcpClusters(proxy))
			put(n, "tcpSettings", tcpSettings(proxy))
		}
		if conditions[condition(n)] {
			continue // Envoy refuses a listener that has two chains for one thing; the first one is meant
		}
		conditions[condition(n)] = true
		result = append(result, n)
	}
	if len(result) == 1 {
		delete(result[0].(node), "protocols")
	}
	sort.SliceStable(result, func(i, j int) bool { return condition(result[i]) < condition(result[j]) })
	return result
}

func covers(pattern, host string) bool {
	return pattern == host || strings.HasPrefix(pattern, "*") && strings.HasSuffix(host, pattern[1:])
}

func condition(chain any) string {
	n := chain.(node)
	return strings.Join(list(n["sni"]), ",") + "|" + strings.Join(list(n["subnets"]), ",") + "|" + strings.Join(list(n["protocols"]), ",")
}

func subnets(all []*corev3.CidrRange) []string {
	var result []string
	for _, block := range all {
		prefix := netip.PrefixFrom(netip.MustParseAddr(block.AddressPrefix), int(block.GetPrefixLen().GetValue()))
		result = append(result, prefix.Masked().String())
	}
	return slices.Compact(sorted(result))
}

func text(v any) string {
	b, _ := json.Marshal(v)
	return string(b)
}

func allChains(l *listenerv3.Listener) []*listenerv3.FilterChain {
	result := append([]*listenerv3.FilterChain{}, l.FilterChains...)
	if l.DefaultFilterChain != nil {
		result = append(result, l.DefaultFilterChain)
	}
	return result
}

// end returns the last filter of a chain, which is one of the two.
func end(chain *listenerv3.FilterChain) (*hcmv3.HttpConnectionManager, *tcpv3.TcpProxy) {
	for _, filter := range chain.GetFilters() {
		if m, ok := unpack(filter.GetTypedConfig(), &hcmv3.HttpConnectionManager{}); ok {
			return m, nil
		}
		if p, ok := unpack(filter.GetTypedConfig(), &tcpv3.TcpProxy{}); ok {
			return nil, p
		}
	}
	return nil, nil
}

func tcpClusters(proxy *tcpv3.TcpProxy) node {
	result := node{}
	put(result, proxy.GetCluster(), uint32(1))
	for _, c := range proxy.GetWeightedClusters().GetClusters() {
		put(result, c.Name, c.Weight)
	}
	delete(result, "")
	if len(result) == 1 {
		for name := range result {
			result[name] = uint32(1) // the only one gets everything, whatever its weight
		}
	}
	return result
}

func tcpSettings(proxy *tcpv3.TcpProxy) node {
	result := plain(&tcpv3.TcpProxy{IdleTimeout: proxy.IdleTimeout, MaxDownstreamConnectionDuration: proxy.MaxDownstreamConnectionDuration})
	if len(proxy.HashPolicy) > 0 {
		result["hash"] = plain(proxy.HashPolicy[0])
	}
	return result
}

// inboundListeners says for each container port what a connection from outside must be and where it goes.
func inboundListeners(p *pod, t *told) node {
	result := node{}
	for _, container := range p.Spec.Containers {
		for _, port := range container.Ports {
			if port.Protocol != corev1.ProtocolUDP {
				result[strconv.Itoa(int(port.ContainerPort))] = inbound(t, uint32(port.ContainerPort))
			}
		}
	}
	return result
}

func inbound(t *told, port uint32) node {
	n := node{}
	mutual, plain := false, false
	for _, chain := range inboundChains(t, port) {
		if downstream(chain) != nil {
			mutual = true
		} else if chain.GetFilterChainMatch().GetTransportProtocol() != "tls" {
			plain = true
		}
		manager, proxy := end(chain)
		if manager != nil {
			n["protocol"] = "http"
			n["cluster"] = onlyCluster(manager.GetRouteConfig())
			put(n, "access", access(chain))
			put(n, "paths", paths(manager))
		} else if proxy != nil && n["protocol"] == nil {
			n["protocol"] = "tcp"
			n["cluster"] = proxy.GetCluster()
			put(n, "access", access(chain))
		}
		put(n, "peers", peers(chain))
	}
	if n["cluster"] == "InboundPassthroughCluster" {
		delete(n, "protocol") // no Service leads there: Istio looks at the bytes
		delete(n, "access")
		delete(n, "paths")
	}
	switch {
	case mutual && plain:
		n["mtls"] = "PERMISSIVE"
	case mutual:
		n["mtls"] = "STRICT"
	default:
		n["mtls"] = "DISABLE"
	}
	return n
}

// inboundChains are those for the port, else those for ports no Service leads to.
func inboundChains(t *told, port uint32) []*listenerv3.FilterChain {
	var own, rest []*listenerv3.FilterChain
	for _, l := range t.listeners {
		if l.Name != "virtualInbound" {
			continue
		}
		for _, chain := range l.FilterChains {
			switch at := chain.GetFilterChainMatch().GetDestinationPort(); {
			case at == nil:
				rest = append(rest, chain)
			case at.GetValue() == port:
				own = append(own, chain)
			}
		}
	}
	if own != nil {
		return own
	}
	return rest
}

func onlyCluster(table *routev3.RouteConfiguration) string {
	var names []string
	for _, host := range table.GetVirtualHosts() {
		for _, r := range host.GetRoutes() {
			names = append(names, r.GetRoute().GetCluster())
		}
	}
	return strings.Join(names, ",")
}
