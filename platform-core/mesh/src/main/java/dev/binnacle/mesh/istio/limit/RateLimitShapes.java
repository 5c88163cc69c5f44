package dev.binnacle.mesh.istio.limit;

import static dev.binnacle.mesh.schema.FieldType.ANY;
import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.HeaderChecks;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.time.Duration;

/** The fields of an EnvoyFilter that limits requests, and of the limit in it. */
final class RateLimitShapes {
    static final String FILTER = "envoy.filters.http.local_ratelimit";

    private static final int MOST = Integer.MAX_VALUE;
    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Pattern SECONDS = Pattern.compile("[0-9.]+s");
    private static final String ONE_FORM = "only a local rate limit is read";

    private static final Shape NETWORK_FILTER = Shape.named("FilterMatch")
            .require("name", choice("envoy.filters.network.http_connection_manager"))
            .reject("subFilter", "requests are counted before all other filters");
    private static final Shape LISTENER = Shape.named("ListenerMatch")
            .with("filterChain", section(Shape.named("FilterChainMatch").with("filter", section(NETWORK_FILTER))))
            .reject("portNumber", "name a port by routeConfiguration.vhost instead")
            .reject("name", ONE_FORM);
    private static final Shape VHOST = Shape.named("VirtualHostMatch")
            .require("name", WORDS)
            .with("route", section(Shape.named("RouteMatch").with("action", choice("ANY"))));
    private static final Shape MATCH = Shape.named("EnvoyConfigObjectMatch")
            .require("context", choice("SIDECAR_INBOUND", "GATEWAY"))
            .with("listener", section(LISTENER))
            .with(
                    "routeConfiguration",
                    section(Shape.named("RouteConfigurationMatch").require("vhost", section(VHOST))),
                    "`inbound|http|PORT`, by a Service's port")
            .reject("cluster", ONE_FORM)
            .reject("proxy", "there is one version of Envoy here")
            .oneOf("listener", "routeConfiguration");
    private static final Shape VALUE = Shape.named("Value")
            .with("name", choice(FILTER))
            .with("typed_config", ANY, "a `LocalRateLimit`, as `@type` or within a `TypedStruct`: see below")
            .with("typed_per_filter_config", new FieldType.MapOf(ANY), "likewise, by the filter's name")
            .reject("route", "limits by descriptors are not supported");
    private static final Shape PATCH = Shape.named("EnvoyConfigObjectPatch")
            .require("applyTo", choice("HTTP_FILTER", "HTTP_ROUTE"))
            .require("match", section(MATCH))
            .require(
                    "patch",
                    section(Shape.named("Patch")
                            .require("operation", choice("INSERT_BEFORE", "INSERT_FIRST", "MERGE"))
                            .require("value", section(VALUE))
                            .reject("filterClass", ONE_FORM)));

    static final Shape SPEC = Shape.named("EnvoyFilterSpec")
            .with(
                    "workloadSelector",
                    section(Shape.named("WorkloadSelector").with("labels", LABELS)),
                    "in the root namespace: pods of all namespaces")
            .require("configPatches", listOf(PATCH))
            .reject("priority", "one EnvoyFilter limits a pod, so there is nothing to put in order")
            .reject("targetRefs", "there are no waypoints here");

    private static final Shape FRACTION = Shape.named("RuntimeFractionalPercent")
            .clusterOnly("runtime_key")
            .require(
                    "default_value",
                    section(Shape.named("FractionalPercent")
                            .require("numerator", new FieldType.Whole(0, 1_000_000))
                            .with("denominator", choice("HUNDRED", "TEN_THOUSAND", "MILLION"))));
    private static final Shape BUCKET = Shape.named("TokenBucket")
            .require("max_tokens", new FieldType.Whole(1, MOST))
            .with("tokens_per_fill", new FieldType.Whole(1, MOST))
            .require("fill_interval", DURATION)
            .rule(RateLimitShapes::checkInterval);
    private static final Shape HEADER = Shape.named("HeaderValueOption")
            .require(
                    "header",
                    section(Shape.named("HeaderValue")
                            .require("key", WORDS)
                            .require("value", LINE)
                            .rule(RateLimitShapes::checkHeader)))
            .with("append", FLAG)
            .with("append_action", choice("APPEND_IF_EXISTS_OR_ADD", "OVERWRITE_IF_EXISTS_OR_ADD"))
            .oneOf("append", "append_action");

    /** What Envoy's filter is told. */
    static final Shape LIMIT = Shape.named("LocalRateLimit")
            .require("stat_prefix", WORDS)
            .with("status", section(Shape.named("HttpStatus").require("code", new FieldType.Whole(400, 599))))
            .with("token_bucket", section(BUCKET))
            .with("filter_enabled", section(FRACTION), "without it no request is counted")
            .with("filter_enforced", section(FRACTION), "without it no request is refused")
            .with("response_headers_to_add", listOf(HEADER))
            .with("local_rate_limit_per_downstream_connection", FLAG)
            .with("enable_x_ratelimit_headers", choice("OFF", "DRAFT_VERSION_03"))
            .reject("descriptors", "limits by descriptors are not supported");

    private RateLimitShapes() {}

    private static void checkHeader(Section header, Problems problems) {
        var checks = new HeaderChecks(problems);
        header.text("key").ifPresent(key -> checks.name(key, header.placeOf("key"), false));
        header.text("value").ifPresent(value -> checks.value(value, header.placeOf("value")));
    }

    /** Envoy refuses shorter times, and reads no other unit. */
    private static void checkInterval(Section bucket, Problems problems) {
        bucket.text("fill_interval")
                .filter(text -> !SECONDS.matches(text)
                        || bucket.duration("fill_interval")
                                .filter(time -> time.compareTo(SHORTEST) < 0)
                                .isPresent())
                .ifPresent(text -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        bucket.placeOf("fill_interval"),
                        "fill_interval is at least 0.05s, in seconds",
                        "Write it as 60s or 0.5s"));
    }
}
