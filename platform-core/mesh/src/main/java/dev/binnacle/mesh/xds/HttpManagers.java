package dev.binnacle.mesh.xds;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.Listener.HttpProxy;
import dev.binnacle.mesh.ir.PathNormalization;
import dev.binnacle.mesh.ir.access.Guard;
import dev.binnacle.mesh.ir.access.RateLimit;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.ForwardClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.HcmAccessLogOptions;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.SetCurrentClientCertDetails;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.UpgradeConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;

/** Renders HTTP connection managers: one way for what leaves a pod, one for what enters, one for gateways. */
record HttpManagers(PathNormalization paths) {
    /** In the place of any identity: no pod's ever changes. */
    static final Identity NOBODY = new Identity("", "", "", "", "", "");

    /**
     * Requests of the own application; routes come by RDS, so that a new route changes no listener. Listeners refer to this by
     * {@link #shared}: there is one for each host of the mesh, and what they do is most of what there is to say.
     *
     * @param name as {@link #sharedName} makes it
     */
    TypedExtensionConfig outbound(String name, String routeTable, Identity self, Told told) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Protos.any(outbound(routeTable, self, told)))
                .build();
    }

    private HttpConnectionManager outbound(String routeTable, Identity self, Told told) {
        return discovered("outbound", routeTable, told)
                .addAllHttpFilters(RouteFilters.all())
                .addHttpFilters(PeerIdentity.introduce(self))
                .addHttpFilters(router())
                .build();
    }

    /** Returns what a listener has in the place of {@link #outbound}: where to ask for it. */
    static Filter shared(String name) {
        return Filter.newBuilder()
                .setName(name)
                .setConfigDiscovery(ExtensionConfigSource.newBuilder()
                        .setConfigSource(Protos.ads())
                        .addTypeUrls(Protos.TYPE
                                + HttpConnectionManager.getDescriptor().getFullName()))
                .build();
    }

    /**
     * Returns the mark of what {@link #outbound} does, other for each thing that may change while a pod lives: it is a part of
     * the {@linkplain #sharedName name}, so that a change changes the listeners too and Envoy ends the connections that
     * go by what was said before. A changed filter of the same name is for new connections only.
     *
     * @param told what an application without a name would have told
     */
    String mark(Told told) {
        var checksum = new CRC32();
        checksum.update(Protos.bytes(outbound("", NOBODY, told)).asReadOnlyByteBuffer());
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    static String sharedName(String routeTable, String mark) {
        return "outbound." + routeTable + "." + mark;
    }

    /** The same for the explicit proxy port, which also reaches hosts that nobody listed. */
    Filter proxy(HttpProxy proxy, Identity self, Told told) {
        return filter(discovered("outbound", proxy.routeTable(), told)
                .addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType(RouteRenderer.CONNECT))
                .setAccessLogOptions(HcmAccessLogOptions.newBuilder().setFlushLogOnTunnelSuccessfullyEstablished(true))
                .addAllHttpFilters(RouteFilters.all())
                .addHttpFilters(PeerIdentity.introduce(self))
                .addHttpFilters(ForwardProxy.filter(proxy.internet()))
                .addHttpFilters(router()));
    }

    /** Requests from outside of the mesh: the client's address is taken as it is. */
    Filter gateway(String routeTable, Identity self, Optional<RateLimit> limit, Guard guard, Told told) {
        return filter(discovered("gateway", routeTable, told)
                .setUseRemoteAddress(BoolValue.of(true))
                .setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE_SET)
                .setSetCurrentClientCertDetails(certificateDetails())
                .addAllHttpFilters(RateLimitRenderer.render(limit))
                .addAllHttpFilters(GuardRenderer.ofGateway(guard))
                .addAllHttpFilters(RouteFilters.all())
                .addHttpFilters(PeerIdentity.introduce(self))
                .addHttpFilters(router()));
    }

    /** Requests for the own application, all to one cluster. */
    Filter inbound(RouteConfiguration routes, Optional<RateLimit> limit, Guard guard, Told told) {
        return filter(common("inbound", told)
                .setRouteConfig(routes)
                .setForwardClientCertDetails(ForwardClientCertDetails.SANITIZE_SET)
                .setSetCurrentClientCertDetails(certificateDetails())
                .addHttpFilters(PeerIdentity.fromHeaders())
                .addAllHttpFilters(RateLimitRenderer.render(limit))
                .addAllHttpFilters(GuardRenderer.ofPod(guard))
                .addHttpFilters(router()));
    }

    private HttpConnectionManager.Builder discovered(String prefix, String routeTable, Told told) {
        return common(prefix, told)
                .setRds(Rds.newBuilder().setConfigSource(Protos.ads()).setRouteConfigName(routeTable));
    }

    /** Istio's settings: no idle limit on streams, paths normalised, WebSocket allowed. */
    private HttpConnectionManager.Builder common(String prefix, Told told) {
        var result = normalizing()
                .setStatPrefix(prefix)
                .setCodecType(HttpConnectionManager.CodecType.AUTO)
                .setServerName("istio-envoy")
                .setUseRemoteAddress(BoolValue.of(false))
                .setStreamIdleTimeout(Duration.getDefaultInstance())
                .addUpgradeConfigs(UpgradeConfig.newBuilder().setUpgradeType("websocket"));
        told.addTo(result);
        return result;
    }

    private HttpConnectionManager.Builder normalizing() {
        var result = HttpConnectionManager.newBuilder().setNormalizePath(BoolValue.of(paths != PathNormalization.NONE));
        return switch (paths) {
            case NONE, BASE -> result;
            case MERGE_SLASHES -> result.setMergeSlashes(true);
            case DECODE_AND_MERGE_SLASHES ->
                result.setMergeSlashes(true)
                        .setPathWithEscapedSlashesAction(PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD);
        };
    }

    private static SetCurrentClientCertDetails certificateDetails() {
        return SetCurrentClientCertDetails.newBuilder()
                .setSubject(BoolValue.of(true))
                .setUri(true)
                .build();
    }

    private static HttpFilter router() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.router")
                .setTypedConfig(Protos.any(Router.getDefaultInstance()))
                .build();
    }

    private static Filter filter(HttpConnectionManager.Builder manager) {
        return Filter.newBuilder()
                .setName("envoy.filters.network.http_connection_manager")
                .setTypedConfig(Protos.any(manager.build()))
                .build();
    }
}
