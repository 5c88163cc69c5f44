package dev.binnacle.mesh.xds;

import com.google.protobuf.UInt32Value;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.ConnectionPool;
import dev.binnacle.mesh.ir.ConnectionPool.Version;
import dev.binnacle.mesh.ir.Protocol;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.UpstreamHttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig;

/** Renders which version of HTTP a cluster speaks, and how. */
final class HttpOptions {
    private static final String NAME = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private HttpOptions() {}

    /** Renders the options of a cluster about which nothing but its port's protocol is known. */
    static void render(Protocol protocol, Cluster.Builder result) {
        if (protocol.isHttp()) {
            put(HttpProtocolOptions.newBuilder().setExplicitHttpConfig(explicit(protocol.isHttp2())), result);
        }
    }

    static void render(Outbound cluster, Cluster.Builder result) {
        var pool = cluster.traffic().pool();
        var options = HttpProtocolOptions.newBuilder();
        common(pool, options);
        if (cluster.tls() instanceof Tls.Foreign foreign) {
            nameHost(foreign, options);
        }
        boolean silent = options.build().equals(HttpProtocolOptions.getDefaultInstance())
                && pool.http().equals(ConnectionPool.Http.NONE);
        if (cluster.protocol().isHttp() || !silent) {
            put(speak(cluster, options), result);
        }
    }

    static boolean isHttp2(Outbound cluster) {
        var version = cluster.traffic().pool().http().version().orElse(Version.OF_PORT);
        return switch (version) {
            case OF_PORT -> cluster.protocol().isHttp2();
            case HTTP2 -> true;
            case OF_CLIENT -> false;
        };
    }

    private static HttpProtocolOptions.Builder speak(Outbound cluster, HttpProtocolOptions.Builder options) {
        var http = cluster.traffic().pool().http();
        if (http.version().filter(version -> version == Version.OF_CLIENT).isPresent()) {
            return options.setUseDownstreamProtocolConfig(UseDownstreamHttpConfig.newBuilder()
                    .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance())
                    .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance()));
        }
        var explicit = explicit(isHttp2(cluster));
        if (isHttp2(cluster)) {
            explicit.setHttp2ProtocolOptions(http2(http));
        }
        return options.setExplicitHttpConfig(explicit);
    }

    private static ExplicitHttpConfig.Builder explicit(boolean http2) {
        return http2
                ? ExplicitHttpConfig.newBuilder().setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance())
                : ExplicitHttpConfig.newBuilder().setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance());
    }

    private static Http2ProtocolOptions http2(ConnectionPool.Http http) {
        var result = Http2ProtocolOptions.newBuilder();
        http.streams().map(UInt32Value::of).ifPresent(result::setMaxConcurrentStreams);
        http.keepalive()
                .ifPresent(keepalive -> result.setConnectionKeepalive(KeepaliveSettings.newBuilder()
                        .setInterval(Protos.duration(keepalive.interval()))
                        .setTimeout(Protos.duration(keepalive.timeout()))));
        return result.build();
    }

    private static void common(ConnectionPool pool, HttpProtocolOptions.Builder options) {
        var result = io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.newBuilder();
        pool.http()
                .idleTimeout()
                .or(() -> pool.connections().idleTimeout())
                .map(Protos::duration)
                .ifPresent(result::setIdleTimeout);
        pool.connections().maxDuration().map(Protos::duration).ifPresent(result::setMaxConnectionDuration);
        pool.http().perConnection().map(UInt32Value::of).ifPresent(result::setMaxRequestsPerConnection);
        var built = result.build();
        if (!built.equals(io.envoyproxy.envoy.config.core.v3.HttpProtocolOptions.getDefaultInstance())) {
            options.setCommonHttpProtocolOptions(built);
        }
    }

    /** Where the rule names no host, the request's is asked for and looked for in the certificate. */
    private static void nameHost(Tls.Foreign foreign, HttpProtocolOptions.Builder options) {
        if (foreign.sni().isEmpty()) {
            options.setUpstreamHttpProtocolOptions(UpstreamHttpProtocolOptions.newBuilder()
                    .setAutoSni(true)
                    .setAutoSanValidation(foreign.verifiesHost()));
        }
    }

    private static void put(HttpProtocolOptions.Builder options, Cluster.Builder result) {
        result.putTypedExtensionProtocolOptions(NAME, Protos.any(options.build()));
    }
}
