package dev.binnacle.mesh.oracle;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Who is behind each cluster, and how a proxy speaks to them. */
final class NormalClusters {
    private static final String HTTP_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final int UNLIMITED = -1;

    private NormalClusters() {}

    static Node of(ProxyResources told, MeshTopology topology) {
        Map<String, Node> endpoints = new TreeMap<>();
        told.endpoints().forEach(e -> endpoints.put(e.getClusterName(), endpoints(e, topology)));
        var result = new Node();
        for (var cluster : told.clusters()) {
            if (cluster.getName().startsWith("outbound|")) {
                var members = cluster.hasLoadAssignment()
                        ? endpoints(cluster.getLoadAssignment(), topology)
                        : endpoints.getOrDefault(cluster.getName(), new Node());
                if (!cluster.getCommonLbConfig().hasLocalityWeightedLbConfig()) {
                    members.values().forEach(member -> ((Node) member).remove("share")); // nobody looks at it
                }
                var node = cluster(cluster).with("endpoints", members);
                speakPlainly(node, members);
                result.put(cluster.getName(), node);
            }
        }
        return result;
    }

    /**
     * Puts what decides about TLS where it acts, at the endpoints: "always" means each of them, and where none takes it,
     * how it would be spoken makes no difference.
     */
    private static void speakPlainly(Node cluster, Node endpoints) {
        var when = cluster.get("tls") instanceof Node tls ? String.valueOf(tls.remove("when")) : "";
        for (Object endpoint : endpoints.values()) {
            switch (when) {
                case "always" -> ((Node) endpoint).with("mtls", true);
                case "" -> ((Node) endpoint).remove("mtls");
                default -> {}
            }
        }
        if (endpoints.values().stream().noneMatch(e -> ((Node) e).containsKey("mtls"))) {
            cluster.remove("tls");
        }
    }

    private static Node cluster(Cluster cluster) {
        String connect = Protos.millis(cluster.getConnectTimeout());
        return new Node()
                .with("balancing", cluster.getLbPolicy().name())
                .with("balancingBy", balancingBy(cluster))
                .with("common", Protos.plain(cluster.getCommonLbConfig()))
                .with("outliers", Protos.plain(cluster.getOutlierDetection()))
                .with("connection", Protos.plain(cluster.getUpstreamConnectionOptions()))
                .with("http", httpOptions(cluster))
                .with(
                        "type",
                        cluster.getType() == DiscoveryType.EDS
                                ? ""
                                : cluster.getType().name())
                .with("protocol", protocol(cluster))
                .with("connectTimeout", connect.equals("10000ms") ? "" : connect)
                .with("tls", tls(cluster))
                .with("limits", limits(cluster))
                .with(
                        "other",
                        Protos.others(
                                cluster,
                                "name",
                                "type",
                                "lb_policy",
                                "typed_extension_protocol_options",
                                "connect_timeout",
                                "eds_cluster_config",
                                "transport_socket",
                                "transport_socket_matches",
                                "circuit_breakers",
                                "load_assignment",
                                "dns_lookup_family",
                                "dns_refresh_rate",
                                "respect_dns_ttl",
                                "metadata",
                                "alt_stat_name",
                                "upstream_bind_config",
                                "common_lb_config",
                                "ring_hash_lb_config",
                                "maglev_lb_config",
                                "round_robin_lb_config",
                                "least_request_lb_config",
                                "outlier_detection",
                                "upstream_connection_options"));
    }

    /** The configuration of the balancing, with Envoy's defaults in it. */
    private static Node balancingBy(Cluster cluster) {
        return switch (cluster.getLbConfigCase()) {
            case RING_HASH_LB_CONFIG -> Protos.plain(cluster.getRingHashLbConfig());
            case MAGLEV_LB_CONFIG -> Protos.plain(cluster.getMaglevLbConfig());
            case ROUND_ROBIN_LB_CONFIG ->
                slowStart(cluster.getRoundRobinLbConfig().getSlowStartConfig());
            case LEAST_REQUEST_LB_CONFIG ->
                slowStart(cluster.getLeastRequestLbConfig().getSlowStartConfig());
            default -> new Node();
        };
    }

    private static Node slowStart(Cluster.SlowStartConfig config) {
        return new Node()
                .with("window", Protos.millis(config.getSlowStartWindow()))
                .with("aggression", Protos.number(config.getAggression().getDefaultValue()))
                .with("least", Protos.number(config.getMinWeightPercent().getValue()));
    }

    private static Optional<HttpProtocolOptions> optionsOf(Cluster cluster) {
        return Optional.ofNullable(cluster.getTypedExtensionProtocolOptionsMap().get(HTTP_OPTIONS))
                .flatMap(any -> Protos.unpack(any, HttpProtocolOptions.class));
    }

    /** Those beside the version of HTTP. */
    private static Node httpOptions(Cluster cluster) {
        return optionsOf(cluster)
                .map(options -> new Node()
                        .with("common", Protos.plain(options.getCommonHttpProtocolOptions()))
                        .with("upstream", Protos.plain(options.getUpstreamHttpProtocolOptions()))
                        .with(
                                "http2",
                                Protos.plain(options.getExplicitHttpConfig().getHttp2ProtocolOptions())))
                .orElseGet(Node::new);
    }

    private static String protocol(Cluster cluster) {
        var options = optionsOf(cluster).orElse(HttpProtocolOptions.getDefaultInstance());
        if (options.equals(HttpProtocolOptions.getDefaultInstance())) {
            return "";
        }
        if (options.getExplicitHttpConfig().hasHttp2ProtocolOptions()) {
            return "http2";
        }
        if (options.hasExplicitHttpConfig()) {
            return ""; // HTTP/1.1 is what Envoy speaks when nothing is said
        }
        return options.hasUseDownstreamProtocolConfig() ? "downstream" : "auto";
    }

    private static Node tls(Cluster cluster) {
        return cluster.getTransportSocketMatchesList().stream()
                .filter(m -> m.getMatch().containsFields("tlsMode"))
                .findFirst()
                .map(m -> tls("auto", m.getTransportSocket()))
                .orElseGet(() -> tls("always", cluster.getTransportSocket()));
    }

    private static Node tls(String when, TransportSocket socket) {
        var announced = Protos.unpack(socket.getTypedConfig(), ProxyProtocolUpstreamTransport.class);
        if (announced.isPresent()) {
            return tls(when, announced.get().getTransportSocket())
                    .with("when", when)
                    .with(
                            "proxyProtocol",
                            announced.get().getConfig().getVersion().name());
        }
        return Protos.unpack(socket.getTypedConfig(), UpstreamTlsContext.class)
                .map(context -> NormalTls.of(context).with("when", when))
                .orElseGet(Node::new);
    }

    private static Node limits(Cluster cluster) {
        var result = new Node();
        for (var threshold : cluster.getCircuitBreakers().getThresholdsList()) {
            result.with("budget", Protos.plain(threshold.getRetryBudget()));
            limit(result, "connections", threshold.getMaxConnections().getValue());
            limit(result, "pending", threshold.getMaxPendingRequests().getValue());
            limit(result, "requests", threshold.getMaxRequests().getValue());
            limit(result, "retries", threshold.getMaxRetries().getValue());
        }
        return result;
    }

    private static void limit(Node limits, String name, int value) {
        if (value != UNLIMITED) {
            limits.put(name, Integer.toUnsignedLong(value));
        }
    }

    private static Node endpoints(ClusterLoadAssignment assignment, MeshTopology topology) {
        var result = new Node();
        for (var group : assignment.getEndpointsList()) {
            for (var endpoint : group.getLbEndpointsList()) {
                var at = endpoint.getEndpoint().getAddress().getSocketAddress();
                result.put(
                        podAt(at.getAddress(), topology) + ":" + at.getPortValue(),
                        endpoint(endpoint)
                                .with("priority", group.getPriority())
                                .with("locality", place(group.getLocality()))
                                .with("share", group.getLoadBalancingWeight().getValue()));
            }
        }
        return result;
    }

    private static String place(Locality locality) {
        return (locality.getRegion() + "/" + locality.getZone() + "/" + locality.getSubZone()).replaceAll("/+$", "");
    }

    private static Node endpoint(LbEndpoint endpoint) {
        var mode = endpoint.getMetadata()
                .getFilterMetadataOrDefault(
                        "envoy.transport_socket_match", com.google.protobuf.Struct.getDefaultInstance())
                .getFieldsMap()
                .get("tlsMode");
        int weight = endpoint.getLoadBalancingWeight().getValue();
        return new Node()
                .with("mtls", mode != null && mode.getStringValue().equals("istio"))
                .with("weight", weight > 1 ? weight : 0);
    }

    private static String podAt(String address, MeshTopology topology) {
        return topology.pods().stream()
                .filter(pod -> pod.podIp().equals(address) || pod.appIp().equals(address))
                .map(Pod::id)
                .findFirst()
                .orElse(address);
    }
}
