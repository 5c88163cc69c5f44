package dev.binnacle.mesh.oracle;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.Map;
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
                                "upstream_bind_config"));
    }

    private static String protocol(Cluster cluster) {
        var any = cluster.getTypedExtensionProtocolOptionsMap().get(HTTP_OPTIONS);
        if (any == null) {
            return "";
        }
        var options = Protos.unpack(any, HttpProtocolOptions.class).orElseThrow();
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
        return Protos.unpack(socket.getTypedConfig(), UpstreamTlsContext.class)
                .map(context -> new Node()
                        .with("when", when)
                        .with("sni", context.getSni())
                        .with(
                                "names",
                                context
                                        .getCommonTlsContext()
                                        .getCombinedValidationContext()
                                        .getDefaultValidationContext()
                                        .getMatchTypedSubjectAltNamesList()
                                        .stream()
                                        .map(san -> NormalHeaders.text(san.getMatcher()))
                                        .sorted()
                                        .toList())
                        .with(
                                "certificates",
                                context.getCommonTlsContext().getTlsCertificateSdsSecretConfigsCount() > 0))
                .orElseGet(Node::new);
    }

    private static Node limits(Cluster cluster) {
        var result = new Node();
        for (var threshold : cluster.getCircuitBreakers().getThresholdsList()) {
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
                        endpoint(endpoint).with("priority", group.getPriority()));
            }
        }
        return result;
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
