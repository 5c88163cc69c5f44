package main

import (
	"fmt"
	"math"
	"strings"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	proxyprotocolv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/proxy_protocol/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
	httpv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/upstreams/http/v3"
)

func clusters(w *world, t *told) node {
	endpoints := node{}
	for _, assignment := range t.endpoints {
		endpoints[assignment.ClusterName] = endpointsOf(w, assignment)
	}
	result := node{}
	for _, c := range t.clusters {
		if !strings.HasPrefix(c.Name, "outbound|") {
			continue
		}
		n := cluster(c)
		members, _ := endpoints[c.Name].(node)
		if c.LoadAssignment != nil {
			members = endpointsOf(w, c.LoadAssignment)
		}
		if c.GetCommonLbConfig().GetLocalityWeightedLbConfig() == nil {
			for _, member := range members {
				delete(member.(node), "share") // nobody looks at it
			}
		}
		speakPlainly(n, members)
		put(n, "endpoints", members)
		result[c.Name] = n
	}
	return result
}

// speakPlainly puts what decides about TLS where it acts, at the endpoints: "always" means each of them, and where none
// takes it, how it would be spoken makes no difference.
func speakPlainly(n, members node) {
	tls, _ := n["tls"].(node)
	when := tls["when"]
	delete(tls, "when")
	taken := false
	for _, member := range members {
		switch when {
		case "always":
			member.(node)["mtls"] = true
		case nil:
			delete(member.(node), "mtls")
		}
		taken = taken || member.(node)["mtls"] == true
	}
	if !taken {
		delete(n, "tls")
	}
}

func cluster(c *clusterv3.Cluster) node {
	n := node{}
	put(n, "balancing", c.LbPolicy.String())
	put(n, "balancingBy", balancingBy(c))
	put(n, "common", plain(c.CommonLbConfig))
	put(n, "outliers", plain(c.OutlierDetection))
	put(n, "connection", plain(c.UpstreamConnectionOptions))
	put(n, "http", httpOptions(c))
	if c.GetType() != clusterv3.Cluster_EDS {
		put(n, "type", c.GetType().String())
	}
	put(n, "protocol", protocol(c))
	if timeout := millis(c.ConnectTimeout); timeout != "10000ms" {
		put(n, "connectTimeout", timeout)
	}
	put(n, "tls", upstreamTLS(c))
	put(n, "limits", limits(c))
	others(n, c, "name", "type", "lb_policy", "typed_extension_protocol_options", "connect_timeout", "eds_cluster_config",
		"transport_socket", "transport_socket_matches", "circuit_breakers", "metadata", "filters", "alt_stat_name", "common_lb_config",
		"ring_hash_lb_config", "maglev_lb_config", "round_robin_lb_config", "least_request_lb_config", "outlier_detection",
		"upstream_connection_options", "load_assignment", "dns_lookup_family", "dns_refresh_rate", "respect_dns_ttl",
		"typed_dns_resolver_config", "dns_jitter")
	return n
}

// balancingBy is the configuration of the balancing, with Envoy's defaults in it.
func balancingBy(c *clusterv3.Cluster) node {
	var slow *clusterv3.Cluster_SlowStartConfig
	switch config := c.LbConfig.(type) {
	case *clusterv3.Cluster_RingHashLbConfig_:
		return plain(config.RingHashLbConfig)
	case *clusterv3.Cluster_MaglevLbConfig_:
		return plain(config.MaglevLbConfig)
	case *clusterv3.Cluster_RoundRobinLbConfig_:
		slow = config.RoundRobinLbConfig.SlowStartConfig
	case *clusterv3.Cluster_LeastRequestLbConfig_:
		slow = config.LeastRequestLbConfig.SlowStartConfig
	}
	n := node{}
	if c.LbPolicy == clusterv3.Cluster_RING_HASH {
		n["minimum_ring_size"] = "1024"
	}
	if slow != nil {
		put(n, "window", millis(slow.SlowStartWindow))
		aggression, least := 1.0, 10.0
		if slow.Aggression != nil {
			aggression = slow.Aggression.DefaultValue
		}
		if slow.MinWeightPercent != nil {
			least = slow.MinWeightPercent.Value
		}
		n["aggression"], n["least"] = fmt.Sprint(aggression), fmt.Sprint(least)
	}
	return n
}

func optionsOf(c *clusterv3.Cluster) (*httpv3.HttpProtocolOptions, bool) {
	return unpack(
		c.TypedExtensionProtocolOptions["envoy.extensions.upstreams.http.v3.HttpProtocolOptions"], &httpv3.HttpProtocolOptions{})
}

// httpOptions are those beside the version of HTTP.
func httpOptions(c *clusterv3.Cluster) node {
	n := node{}
	if options, ok := optionsOf(c); ok {
		put(n, "common", plain(options.CommonHttpProtocolOptions))
		put(n, "upstream", plain(options.UpstreamHttpProtocolOptions))
		put(n, "http2", plain(options.GetExplicitHttpConfig().GetHttp2ProtocolOptions()))
	}
	return n
}

func protocol(c *clusterv3.Cluster) string {
	options, ok := optionsOf(c)
	switch {
	case !ok:
		return ""
	case options.GetExplicitHttpConfig().GetHttp2ProtocolOptions() != nil:
		return "http2"
	case options.GetExplicitHttpConfig() != nil:
		return "" // HTTP/1.1 is what Envoy speaks when nothing is said
	case options.GetUseDownstreamProtocolConfig() != nil:
		return "downstream"
	default:
		return "auto"
	}
}

func upstreamTLS(c *clusterv3.Cluster) node {
	for _, m := range c.TransportSocketMatches {
		if m.GetMatch().GetFields()["tlsMode"].GetStringValue() == "istio" {
			return upstream("auto", m.TransportSocket)
		}
	}
	return upstream("always", c.TransportSocket)
}

func upstream(when string, socket *corev3.TransportSocket) node {
	n := node{}
	if announced, ok := unpack(socket.GetTypedConfig(), &proxyprotocolv3.ProxyProtocolUpstreamTransport{}); ok {
		n = upstream(when, announced.TransportSocket)
		n["when"] = when
		n["proxyProtocol"] = announced.Config.GetVersion().String()
		return n
	}
	context, ok := unpack(socket.GetTypedConfig(), &tlsv3.UpstreamTlsContext{})
	if !ok {
		return n
	}
	n = upstreamContext(context)
	n["when"] = when
	return n
}

// limits are the circuit breakers that differ from Istio's default, none.
func limits(c *clusterv3.Cluster) node {
	n := node{}
	for _, threshold := range c.GetCircuitBreakers().GetThresholds() {
		put(n, "budget", plain(threshold.RetryBudget))
		for name, value := range map[string]uint32{
			"connections": threshold.GetMaxConnections().GetValue(),
			"pending":     threshold.GetMaxPendingRequests().GetValue(),
			"requests":    threshold.GetMaxRequests().GetValue(),
			"retries":     threshold.GetMaxRetries().GetValue(),
		} {
			if value != math.MaxUint32 {
				n[name] = value
			}
		}
	}
	return n
}

func place(l *corev3.Locality) string {
	return strings.TrimRight(l.GetRegion()+"/"+l.GetZone()+"/"+l.GetSubZone(), "/")
}

func endpointsOf(w *world, assignment *endpointv3.ClusterLoadAssignment) node {
	result := node{}
	for _, group := range assignment.Endpoints {
		for _, e := range group.LbEndpoints {
			at := e.GetEndpoint().GetAddress().GetSocketAddress()
			n := node{}
			mode := e.GetMetadata().GetFilterMetadata()["envoy.transport_socket_match"].GetFields()["tlsMode"].GetStringValue()
			put(n, "mtls", mode == "istio")
			if weight := e.GetLoadBalancingWeight().GetValue(); weight > 1 {
				put(n, "weight", weight)
			}
			put(n, "priority", group.Priority)
			put(n, "locality", place(group.Locality))
			n["share"] = group.LoadBalancingWeight.GetValue()
			if e.HealthStatus != corev3.HealthStatus_HEALTHY && e.HealthStatus != corev3.HealthStatus_UNKNOWN {
				put(n, "health", e.HealthStatus.String())
			}
			result[fmt.Sprintf("%s:%d", w.podAt(at.GetAddress()), at.GetPortValue())] = n
		}
	}
	return result
}
