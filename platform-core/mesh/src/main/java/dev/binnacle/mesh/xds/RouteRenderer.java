package dev.binnacle.mesh.xds;

import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.UInt32Value;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.ir.RouteAction.Body;
import dev.binnacle.mesh.ir.RouteAction.DirectResponse;
import dev.binnacle.mesh.ir.RouteAction.Forward;
import dev.binnacle.mesh.ir.RouteAction.Mirror;
import dev.binnacle.mesh.ir.RouteAction.PassThrough;
import dev.binnacle.mesh.ir.RouteAction.Redirect;
import dev.binnacle.mesh.ir.RouteAction.Tunnel;
import dev.binnacle.mesh.ir.RouteTable;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RedirectAction.RedirectResponseCode;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.ClusterNotFoundResponseCode;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig;
import io.envoyproxy.envoy.config.route.v3.RouteAction.UpgradeConfig.ConnectConfig;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.config.route.v3.VirtualHost.TlsRequirementType;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders route tables. */
final class RouteRenderer {
    static final String CONNECT = "CONNECT";
    private static final int LARGEST_BODY = 1_048_576;

    private record Key(String name, boolean ignoresPort, List<VirtualHost> hosts) {}

    private static final Kept<RouteConfiguration> TABLES = new Kept<>();
    private static final Kept<VirtualHost> HOSTS = new Kept<>();

    private RouteRenderer() {}

    static VirtualHost render(dev.binnacle.mesh.ir.VirtualHost host) {
        return HOSTS.get(host, () -> virtualHost(host));
    }

    /** @param hosts the virtual hosts of the table, rendered */
    static RouteConfiguration render(RouteTable table, List<VirtualHost> hosts) {
        return TABLES.get(new Key(table.name(), table.ignoresPort(), hosts), () -> fresh(table, hosts));
    }

    private static RouteConfiguration fresh(RouteTable table, List<VirtualHost> hosts) {
        return RouteConfiguration.newBuilder()
                .setName(table.name())
                .setValidateClusters(BoolValue.of(false))
                .setMaxDirectResponseBodySizeBytes(UInt32Value.of(LARGEST_BODY))
                .setIgnorePortInHostMatching(table.ignoresPort())
                .addAllVirtualHosts(hosts)
                .build();
    }

    private static VirtualHost virtualHost(dev.binnacle.mesh.ir.VirtualHost host) {
        var result = VirtualHost.newBuilder()
                .setName(host.name())
                .addAllDomains(host.domains())
                .setIncludeRequestAttemptCount(true);
        if (!host.inMesh()) {
            PeerIdentity.hide(result);
        }
        if (host.httpsOnly()) {
            result.setRequireTls(TlsRequirementType.ALL);
        }
        host.routes().forEach(route -> result.addRoutes(route(route)));
        return result.build();
    }

    private static Route route(dev.binnacle.mesh.ir.Route route) {
        var result = Route.newBuilder()
                .setName(route.name())
                .setMatch(MatchRenderer.render(route.match()))
                .setMetadata(Protos.metadata(metadata(route)));
        HeaderRenderer.render(route.headers(), result);
        switch (route.action()) {
            case Forward forward -> {
                if (forward.destinations().size() == 1) {
                    // Of a single destination the changes come last; those of one of several come first.
                    HeaderRenderer.render(forward.destinations().getFirst().headers(), result);
                }
                result.setRoute(forward(forward));
            }
            case PassThrough(String cluster) ->
                result.setRoute(RouteAction.newBuilder()
                        .setCluster(cluster)
                        .setTimeout(com.google.protobuf.Duration.getDefaultInstance()));
            case Tunnel(String cluster) -> result.setRoute(tunnel(cluster));
            case Redirect redirect -> result.setRedirect(redirect(redirect));
            case DirectResponse(int status, Body body) -> result.setDirectResponse(direct(status, body));
        }
        route.fault().ifPresent(fault -> result.putTypedPerFilterConfig(RouteFilters.FAULT, RouteFilters.fault(fault)));
        route.cors().ifPresent(cors -> result.putTypedPerFilterConfig(RouteFilters.CORS, RouteFilters.cors(cors)));
        return result.build();
    }

    /** Metrics name the end of blocked requests as Istio does, which has no cluster to name it by. */
    private static Map<String, Map<String, String>> metadata(dev.binnacle.mesh.ir.Route route) {
        var result = new LinkedHashMap<String, Map<String, String>>();
        result.put(Origins.NAMESPACE, Origins.of(route.origin()));
        if (route.name().equals("block_all")) {
            result.put("istio", Map.of("name", "BlackHoleCluster"));
        }
        return result;
    }

    private static RouteAction tunnel(String cluster) {
        return RouteAction.newBuilder()
                .setCluster(cluster)
                .setTimeout(com.google.protobuf.Duration.getDefaultInstance())
                .addUpgradeConfigs(UpgradeConfig.newBuilder()
                        .setUpgradeType(CONNECT)
                        .setConnectConfig(ConnectConfig.getDefaultInstance()))
                .build();
    }

    private static RouteAction forward(Forward forward) {
        var result = RouteAction.newBuilder()
                .setTimeout(forward.timeout().map(Protos::duration).orElse(Protos.duration(java.time.Duration.ZERO)));
        if (forward.destinations().size() == 1) {
            result.setCluster(forward.destinations().getFirst().cluster());
        } else {
            result.setWeightedClusters(weighted(forward));
        }
        forward.missing()
                .ifPresent(status ->
                        result.setClusterNotFoundResponseCode(ClusterNotFoundResponseCode.INTERNAL_SERVER_ERROR));
        forward.rewrite().prefix().ifPresent(result::setPrefixRewrite);
        forward.rewrite()
                .regex()
                .ifPresent(regex -> result.setRegexRewrite(RegexMatchAndSubstitute.newBuilder()
                        .setPattern(MatchRenderer.regex(regex.regex()))
                        .setSubstitution(regex.substitution())));
        forward.rewrite().host().ifPresent(result::setHostRewriteLiteral);
        forward.retries().ifPresent(retries -> result.setRetryPolicy(RetryRenderer.render(retries)));
        forward.mirrors().forEach(mirror -> result.addRequestMirrorPolicies(mirror(mirror)));
        forward.hashing().stream().map(HashRenderer::render).forEach(result::addHashPolicy);
        return result.build();
    }

    private static RequestMirrorPolicy mirror(Mirror mirror) {
        return RequestMirrorPolicy.newBuilder()
                .setCluster(mirror.cluster())
                .setRuntimeFraction(RuntimeFractionalPercent.newBuilder().setDefaultValue(Protos.share(mirror.share())))
                .setTraceSampled(BoolValue.of(false))
                .build();
    }

    private static WeightedCluster weighted(Forward forward) {
        var result = WeightedCluster.newBuilder();
        for (var destination : forward.destinations()) {
            var cluster = WeightedCluster.ClusterWeight.newBuilder()
                    .setName(destination.cluster())
                    .setWeight(UInt32Value.of(destination.weight()));
            HeaderRenderer.render(destination.headers(), cluster);
            destination.host().ifPresent(cluster::setHostRewriteLiteral);
            result.addClusters(cluster);
        }
        return result.build();
    }

    private static RedirectAction redirect(Redirect redirect) {
        var result = RedirectAction.newBuilder().setResponseCode(redirectCode(redirect.status()));
        redirect.scheme().ifPresent(result::setSchemeRedirect);
        redirect.host().ifPresent(result::setHostRedirect);
        redirect.port().ifPresent(result::setPortRedirect);
        redirect.path().ifPresent(result::setPathRedirect);
        redirect.prefix().ifPresent(result::setPrefixRewrite);
        return result.build();
    }

    private static RedirectResponseCode redirectCode(int status) {
        return switch (status) {
            case 302 -> RedirectResponseCode.FOUND;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> RedirectResponseCode.MOVED_PERMANENTLY;
        };
    }

    private static DirectResponseAction direct(int status, Body body) {
        var result = DirectResponseAction.newBuilder().setStatus(status);
        switch (body) {
            case Body.Text(String text) when text.isEmpty() -> {}
            case Body.Text(String text) ->
                result.setBody(DataSource.newBuilder().setInlineString(text));
            case Body.Bytes(String base64) ->
                result.setBody(DataSource.newBuilder()
                        .setInlineBytes(ByteString.copyFrom(Base64.getDecoder().decode(base64))));
        }
        return result.build();
    }
}
