package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Cluster.BlackHole;
import dev.binnacle.mesh.ir.Cluster.Inbound;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.Cluster.PassThrough;
import dev.binnacle.mesh.ir.Cluster.StandIn;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.ir.Traffic;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CustomClusterType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DnsLookupFamily;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.EdsClusterConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.TransportSocketMatch;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Renders clusters. */
final class ClusterRenderer {
    private static final Kept<Cluster> RENDERED = new Kept<>();

    /** Other than the bootstrap says for all clusters: from whatever address the system chooses. */
    private static final BindConfig ANYWHERE = BindConfig.getDefaultInstance();

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration DNS_REFRESH = Duration.ofSeconds(60);
    private static final CircuitBreakers UNLIMITED = TrafficRenderer.limits(Traffic.DEFAULT);
    private static final String TLS_MODE = "tlsMode";

    private ClusterRenderer() {}

    static Cluster render(dev.binnacle.mesh.ir.Cluster cluster) {
        return RENDERED.get(cluster, () -> fresh(cluster));
    }

    private static Cluster fresh(dev.binnacle.mesh.ir.Cluster cluster) {
        return switch (cluster) {
            case Outbound outbound -> outbound(outbound);
            case Inbound inbound -> inbound(inbound);
            case PassThrough passThrough -> passThrough(passThrough);
            case StandIn standIn -> standIn(standIn);
            case BlackHole blackHole -> blackHole(blackHole);
        };
    }

    private static Cluster outbound(Outbound cluster) {
        var result = named(cluster.name()).setMetadata(Protos.metadata(Map.of("istio", metadata(cluster))));
        if (cluster.leavesMachine()) {
            result.setUpstreamBindConfig(ANYWHERE);
        }
        discover(cluster, result);
        TrafficRenderer.render(cluster.traffic(), result);
        HttpOptions.render(cluster, result);
        protect(cluster, result);
        cluster.traffic().proxyProtocol().ifPresent(version -> ProxyProtocols.announce(version, result));
        return result.build();
    }

    private static void discover(Outbound cluster, Cluster.Builder result) {
        switch (cluster.discovery()) {
            case EDS ->
                result.setType(DiscoveryType.EDS)
                        .setEdsClusterConfig(EdsClusterConfig.newBuilder()
                                .setServiceName(cluster.name())
                                .setEdsConfig(Protos.ads()));
            case STRICT_DNS -> resolved(DiscoveryType.STRICT_DNS, cluster, result);
            case LOGICAL_DNS -> resolved(DiscoveryType.LOGICAL_DNS, cluster, result);
        }
    }

    private static void resolved(DiscoveryType type, Outbound cluster, Cluster.Builder result) {
        result.setType(type)
                .setDnsLookupFamily(DnsLookupFamily.V4_ONLY)
                .setDnsRefreshRate(Protos.duration(DNS_REFRESH))
                .setRespectDnsTtl(true)
                .setLoadAssignment(EndpointRenderer.render(cluster));
    }

    /** No line numbers here: a comment added to a manifest would replace the cluster and its connections. */
    private static Map<String, String> metadata(Outbound cluster) {
        var istio = new LinkedHashMap<String, String>();
        istio.put("host", cluster.service().host());
        istio.put("name", cluster.service().name());
        istio.put("namespace", cluster.service().namespace());
        if (!cluster.subset().isEmpty()) {
            istio.put("subset", cluster.subset());
        }
        return istio;
    }

    private static void protect(Outbound cluster, Cluster.Builder result) {
        switch (cluster.tls()) {
            case Tls.None none -> {}
            case Tls.Mutual(var sni, var identities) ->
                result.setTransportSocket(TlsRenderer.upstream(sni, identities));
            case Tls.Foreign foreign ->
                result.setTransportSocket(TlsRenderer.foreign(foreign, HttpOptions.isHttp2(cluster)));
            case Tls.Auto(var sni, var identities) -> {
                result.addTransportSocketMatches(TransportSocketMatch.newBuilder()
                        .setName("tlsMode-istio")
                        .setMatch(Protos.struct(Map.of(TLS_MODE, "istio")))
                        .setTransportSocket(TlsRenderer.upstream(sni, identities)));
                result.addTransportSocketMatches(TransportSocketMatch.newBuilder()
                        .setName("tlsMode-disabled")
                        .setMatch(Protos.struct(Map.of()))
                        .setTransportSocket(TlsRenderer.plaintext()));
            }
        }
    }

    private static Cluster inbound(Inbound cluster) {
        var result = fixed(cluster.name(), cluster.address(), cluster.port());
        HttpOptions.render(cluster.protocol(), result);
        return result.build();
    }

    /** Metrics call it what they call all that is passed through. */
    private static Cluster standIn(StandIn cluster) {
        return fixed(cluster.name(), cluster.address(), cluster.port())
                .setMetadata(Protos.metadata(Map.of("istio", Map.of("name", "PassthroughCluster"))))
                .build();
    }

    /** Returns a cluster of one endpoint that stays. */
    private static Cluster.Builder fixed(String name, String address, int port) {
        var endpoint =
                LbEndpoint.newBuilder().setEndpoint(Endpoint.newBuilder().setAddress(Protos.address(address, port)));
        return named(name)
                .setType(DiscoveryType.STATIC)
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder().addLbEndpoints(endpoint)));
    }

    private static Cluster passThrough(PassThrough cluster) {
        var type = ClusterConfig.newBuilder().setDnsCacheConfig(ForwardProxy.cache(cluster.leavesMachine()));
        var result = named(cluster.name())
                .setClusterType(CustomClusterType.newBuilder()
                        .setName("envoy.clusters.dynamic_forward_proxy")
                        .setTypedConfig(Protos.any(type.build())))
                .setLbPolicy(LbPolicy.CLUSTER_PROVIDED)
                .setMetadata(Protos.metadata(Map.of("istio", Map.of("name", cluster.name()))));
        if (cluster.leavesMachine()) {
            result.setUpstreamBindConfig(ANYWHERE);
        }
        return result.build();
    }

    private static Cluster blackHole(BlackHole cluster) {
        return named(cluster.name())
                .setType(DiscoveryType.STATIC)
                .setMetadata(Protos.metadata(Map.of("istio", Map.of("name", cluster.name()))))
                .build();
    }

    /** Dots in a cluster's name break Envoy's own tags, so its statistics go by another name. */
    private static Cluster.Builder named(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setAltStatName(name.replace('.', '_'))
                .setConnectTimeout(Protos.duration(CONNECT))
                .setCircuitBreakers(UNLIMITED);
    }
}
