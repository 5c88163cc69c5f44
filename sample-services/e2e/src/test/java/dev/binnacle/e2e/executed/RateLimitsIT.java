package dev.binnacle.e2e.executed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How many requests sidecars and gateways let in, and what the others are told. */
@ExtendWith(ExecutedMesh.class)
class RateLimitsIT {
    private static final String TYPE =
            "type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit";
    private static final String ALWAYS =
            "filter_enabled: {default_value: {numerator: 100, denominator: HUNDRED}}, filter_enforced: {default_value: {numerator: 1000000, denominator: MILLION}}";

    /** A limit that two requests use up for the time of the case. */
    private static final String TWO =
            "stat_prefix: requests, token_bucket: {max_tokens: 2, tokens_per_fill: 2, fill_interval: 600s}, " + ALWAYS;

    private static final String TO_V1 = "- route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]";

    private static String limit(String workload, String patches) {
        return """
                kind: EnvoyFilter
                metadata: {name: limit}
                spec:
                  workloadSelector: {labels: %s}
                  configPatches:
                """.formatted(workload) + patches;
    }

    private static String filter(String context, String config) {
        return """
                  - applyTo: HTTP_FILTER
                    match:
                      context: %s
                      listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager}}}
                    patch:
                      operation: INSERT_BEFORE
                      value: {name: envoy.filters.http.local_ratelimit, typed_config: {%s}}
                """.formatted(context, config).indent(2);
    }

    /** Returns what lets two requests in at the sidecars of a workload with these labels, and refuses the others. */
    static String limitOfTwo(String workload) {
        return limit(workload, filter("SIDECAR_INBOUND", struct(TWO)));
    }

    private static String struct(String limit) {
        return "\"@type\": type.googleapis.com/udpa.type.v1.TypedStruct, type_url: %s, value: {%s}"
                .formatted(TYPE, limit);
    }

    @Test
    @Executes({
        "EnvoyFilter spec.{workloadSelector.labels,configPatches[].applyTo,configPatches[].match.context}",
        "EnvoyFilter spec.configPatches[].{match.listener.filterChain.filter.name,patch.operation,patch.value.name,patch.value.typed_config}"
    })
    void whatExceedsTheLimitIsRefusedAndToldApartFromFailures(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.rules(TO_V1);
        mesh.apply(
                limit(
                        "{app: echo, version: v1}",
                        filter(
                                "SIDECAR_INBOUND",
                                struct(
                                        TWO
                                                + ", response_headers_to_add: [{append: false, header: {key: x-local-rate-limit, value: 'true'}}]"))));

        mesh.send("GET /").by("echo-v1");
        mesh.send("GET /").by("echo-v1");
        mesh.send("GET /").is(429).has("x-local-rate-limit", "true");
        mesh.send("GET /").is(429);
        mesh.counted("2x caller > echo v1 200 -", "2x caller > echo v1 429 -");
        mesh.received("2x caller > echo v1 200 -", "2x caller > echo v1 429 RL");
    }

    @Test
    @Executes({
        "EnvoyFilter spec.configPatches[].match.routeConfiguration.vhost.{name,route.action}",
        "EnvoyFilter spec.configPatches[].patch.value.typed_per_filter_config"
    })
    void aPortMayHaveALimitOfItsOwn(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.rules("""
                - match: [{uri: {prefix: /limited}}]
                  route: [{destination: {host: echo, subset: v1, port: {number: 8081}}}]
                - route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]
                """);
        mesh.apply(limit(
                "{app: echo, version: v1}",
                filter("SIDECAR_INBOUND", struct("stat_prefix: requests"))
                        + """
                  - applyTo: HTTP_ROUTE
                    match:
                      context: SIDECAR_INBOUND
                      routeConfiguration: {vhost: {name: "inbound|http|8081", route: {action: ANY}}}
                    patch:
                      operation: MERGE
                      value: {typed_per_filter_config: {envoy.filters.http.local_ratelimit: {"@type": %s, %s}}}
                """.formatted(
                                        TYPE,
                                        TWO + ", status: {code: 503}, enable_x_ratelimit_headers: DRAFT_VERSION_03")
                                .indent(2)));

        mesh.send("GET /limited").by("echo-v1").has("x-ratelimit-limit", "2").has("x-ratelimit-remaining", "1");
        mesh.send("GET /limited").by("echo-v1").has("x-ratelimit-remaining", "0");
        mesh.send("GET /limited").is(503).has("x-ratelimit-remaining", "0");
        for (int i = 0; i < 4; i++) {
            mesh.send("GET /").by("echo-v1");
        }
        mesh.received("6x caller > echo v1 200 -", "1x caller > echo v1 503 RL");
    }

    @Test
    @Executes("EnvoyFilter spec.configPatches[].{match.context,patch.value.typed_config}")
    void aLimitIsTriedBeforeItIsEnforced(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.rules(TO_V1);
        mesh.apply(limit(
                "{app: echo, version: v1}",
                filter("SIDECAR_INBOUND", struct(TWO.replace("numerator: 1000000", "numerator: 0")))));

        for (int i = 0; i < 4; i++) {
            mesh.send("GET /").by("echo-v1");
        }
        mesh.received("4x caller > echo v1 200 -");
    }

    @Test
    @Executes("EnvoyFilter spec.configPatches[].{match.context,patch.value.typed_config}")
    void eachConnectionMayHaveALimitOfItsOwn(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.rules(TO_V1);
        mesh.apply(limit(
                "{app: echo, version: v1}",
                filter("SIDECAR_INBOUND", struct(TWO + ", local_rate_limit_per_downstream_connection: true"))));

        for (int i = 0; i < 6; i++) {
            mesh.send("GET /").by("echo-v1");
        }
        mesh.received("6x caller > echo v1 200 -");
    }

    @Test
    @Executes("EnvoyFilter spec.configPatches[].{match.context,patch.value.typed_config}")
    void aGatewayRefusesBeforeItAsksAnybody(Case mesh) {
        mesh.apply("""
                kind: Gateway
                metadata: {name: limited}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{hosts: [limited.example.org], port: {number: 80, name: http, protocol: HTTP}}]
                ---
                kind: VirtualService
                metadata: {name: limited}
                spec:
                  hosts: [limited.example.org]
                  gateways: [limited]
                  http: [{route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]}]
                ---
                """
                + limit("{istio: ingressgateway}", filter("GATEWAY", "\"@type\": " + TYPE + ", " + TWO))
                        .replace("name: limit}", "name: limit, namespace: istio-system}"));

        var outside = mesh.fromOutside("limited.example.org");
        outside.send("GET /").by("echo-v1");
        outside.send("GET /").by("echo-v1");
        outside.send("GET /").is(429);
        mesh.counted("2x istio-ingressgateway > echo v1 200 -", "1x istio-ingressgateway > echo unknown 429 RL");
        mesh.received("2x istio-ingressgateway > echo v1 200 -");
    }
}
