package dev.binnacle.mesh.xds;

import com.google.protobuf.UInt32Value;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.ir.access.RateLimit;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.XRateLimitHeadersRFCVersion;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import java.util.List;
import java.util.Optional;

/** Renders how many requests a proxy lets in: a filter before all others. */
final class RateLimitRenderer {
    private RateLimitRenderer() {}

    static List<HttpFilter> render(Optional<RateLimit> limit) {
        return limit
                .map(told -> HttpFilter.newBuilder()
                        .setName("envoy.filters.http.local_ratelimit")
                        .setTypedConfig(Protos.any(filter(told)))
                        .build())
                .stream()
                .toList();
    }

    private static LocalRateLimit filter(RateLimit limit) {
        var result = LocalRateLimit.newBuilder()
                .setStatPrefix(limit.name())
                .setTokenBucket(TokenBucket.newBuilder()
                        .setMaxTokens(limit.tokens())
                        .setTokensPerFill(UInt32Value.of(limit.refill()))
                        .setFillInterval(Protos.duration(limit.every())))
                .setFilterEnabled(share(limit.asked()))
                .setFilterEnforced(share(limit.enforced()))
                .addAllResponseHeadersToAdd(HeaderRenderer.added(limit.answer()))
                .setLocalRateLimitPerDownstreamConnection(limit.perConnection());
        if (limit.status() != RateLimit.DEFAULT_STATUS) {
            result.setStatus(HttpStatus.newBuilder().setCode(StatusCode.forNumber(limit.status())));
        }
        if (limit.told()) {
            result.setEnableXRatelimitHeaders(XRateLimitHeadersRFCVersion.DRAFT_VERSION_03);
        }
        return result.build();
    }

    private static RuntimeFractionalPercent share(Share share) {
        return RuntimeFractionalPercent.newBuilder()
                .setDefaultValue(Protos.share(share))
                .build();
    }
}
