package dev.binnacle.mesh.oracle;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.XRateLimitHeadersRFCVersion;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import java.util.Map;
import java.util.Optional;

/** How many requests a filter lets in. */
final class NormalLimits {
    private NormalLimits() {}

    static Optional<Map<String, Object>> of(Any filter) {
        return Protos.unpack(filter, LocalRateLimit.class).map(NormalLimits::node);
    }

    private static Node node(LocalRateLimit limit) {
        var bucket = limit.getTokenBucket();
        return new Node()
                .with("limit", limit.getStatPrefix())
                .with("tokens", bucket.getMaxTokens())
                .with("refill", bucket.getTokensPerFill().getValue())
                .with("every", Protos.millis(bucket.getFillInterval()))
                .with("asked", limit.getFilterEnabled().getDefaultValue().getNumerator())
                .with("enforced", limit.getFilterEnforced().getDefaultValue().getNumerator())
                .with("status", limit.getStatus().getCodeValue())
                .with("perConnection", limit.getLocalRateLimitPerDownstreamConnection())
                .with("told", limit.getEnableXRatelimitHeaders() == XRateLimitHeadersRFCVersion.DRAFT_VERSION_03)
                .with(
                        "headers",
                        limit.getResponseHeadersToAddList().stream()
                                .map(NormalLimits::header)
                                .sorted()
                                .toList())
                .with(
                        "other",
                        Protos.others(
                                limit,
                                "stat_prefix",
                                "token_bucket",
                                "filter_enabled",
                                "filter_enforced",
                                "status",
                                "local_rate_limit_per_downstream_connection",
                                "enable_x_ratelimit_headers",
                                "response_headers_to_add"));
    }

    private static String header(HeaderValueOption option) {
        boolean set = option.getAppendAction() == HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD;
        return option.getHeader().getKey()
                + (set ? " = " : " + ")
                + option.getHeader().getValue();
    }
}
