package dev.binnacle.mesh.xds;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.ProxyProtocolConfig;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport;

/** Lets connections begin with the PROXY protocol, which tells the server whose connection it is. */
final class ProxyProtocols {
    private static final String NAME = "envoy.transport_sockets.upstream_proxy_protocol";

    private ProxyProtocols() {}

    /** Puts the announcement around whatever transports the cluster has. */
    static void announce(int version, Cluster.Builder cluster) {
        var matches = cluster.getTransportSocketMatchesBuilderList();
        matches.forEach(match -> match.setTransportSocket(around(match.getTransportSocket(), version)));
        if (cluster.hasTransportSocket()) {
            cluster.setTransportSocket(around(cluster.getTransportSocket(), version));
        } else if (matches.isEmpty()) {
            cluster.setTransportSocket(around(TlsRenderer.plaintext(), version));
        }
    }

    private static TransportSocket around(TransportSocket transport, int version) {
        var announced = ProxyProtocolUpstreamTransport.newBuilder()
                .setConfig(ProxyProtocolConfig.newBuilder()
                        .setVersion(version == 2 ? ProxyProtocolConfig.Version.V2 : ProxyProtocolConfig.Version.V1))
                .setTransportSocket(transport);
        return TransportSocket.newBuilder()
                .setName(NAME)
                .setTypedConfig(Protos.any(announced.build()))
                .build();
    }
}
