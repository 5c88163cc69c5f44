package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request from the ingress to the inventory is one trace: {@code istio/scenarios/tracing}. */
@Scenario("istio/scenarios/tracing")
class TracingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PARENT = "b7ad6b7169203331";

    private static final int SPANS = 20;
    private static final String ORDER = """
            istio-ingressgateway.istio-system server
             istio-ingressgateway.istio-system client
              storefront.default server
               storefront server
                storefront client
                 storefront.default client
                  catalog.default server
                   catalog server
                    catalog client
                     catalog.default client
                      inventory.default server
                       inventory server
                storefront client
                 storefront.default client
                  orders.default server
                   orders server
                    orders client
                     orders.default client
                      payments.default server
                       payments server
            """;

    @Test
    void anOrderIsOneTraceOfProxiesAndServicesInTheirOrder(RunningMesh.Instance mesh) {
        // A connection of before goes by what was said before, until it has had one more answer; there may be several.
        await().atMost(PATIENCE.multipliedBy(3)).untilAsserted(() -> assertOneTrace(ordered(mesh, traceId())));
    }

    private static void assertOneTrace(JsonNode trace) {
        assertThat(Traces.drawn(trace)).isEqualTo(ORDER);
        // The client's own span is the first one's parent, though nobody has reported it.
        assertThat(trace.at("/roots/0/parent").asText()).isEqualTo(PARENT);
        assertThat(proxies(trace))
                .hasSize(11)
                .allSatisfy(span -> assertThat(attribute(span, "site")).isEqualTo("demonstration"));
        // All but the gateway's span of its own call name the request, and all the same one.
        assertThat(proxies(trace).stream()
                        .filter(span -> !span.get("name").asText().startsWith("router "))
                        .map(span -> attribute(span, "guid:x-request-id")))
                .hasSize(10)
                .containsOnly(attribute(trace.at("/roots/0"), "guid:x-request-id"));
        assertThat(proxies(trace).stream()
                        .filter(span -> span.get("kind").asText().equals("server"))
                        .map(span -> span.get("service").asText() + " " + attribute(span, "user.group")))
                .contains(
                        "istio-ingressgateway.istio-system testers",
                        "storefront.default testers",
                        "payments.default testers");
    }

    @Test
    void theCommandDrawsIt(RunningMesh.Instance mesh) {
        String id = traceId();
        ordered(mesh, id);

        var list = mesh.binnacle()
                .run(PATIENCE, "traces", "--service", "inventory")
                .mustSucceed("traces");
        var one = mesh.binnacle()
                .run(PATIENCE, "trace", "00-" + id + "-" + PARENT + "-01")
                .mustSucceed("trace");

        assertThat(list.out()).contains(id);
        assertThat(one.out().lines()).hasSize(21).first().asString().contains("20 spans, 0 failed");
    }

    @Test
    void allIsAllAndNoneIsNone(RunningMesh.Instance mesh, @TempDir Path folder) throws IOException {
        Span all = tenRequests(mesh);
        Path file = Files.writeString(folder.resolve("none.yaml"), """
                apiVersion: telemetry.istio.io/v1
                kind: Telemetry
                metadata: {name: mesh-default, namespace: istio-system}
                spec: {tracing: [{providers: [{name: spans}], randomSamplingPercentage: 0}]}
                """);
        apply(mesh, file.toString());
        Span none = tenRequests(mesh);
        apply(mesh, "istio/scenarios/tracing");

        // When what came after them is here, they are, too.
        ordered(mesh, traceId());
        assertThat(new Traces(mesh).between(all.begin(), all.end())).isEqualTo(10);
        assertThat(new Traces(mesh).between(none.begin(), none.end())).isZero();
    }

    /** A time in which nobody else sent anything. */
    private record Span(Instant begin, Instant end) {}

    private static Span tenRequests(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        Shop.statuses(10, shop::orders);
        var begin = Instant.now();
        assertThat(Shop.statuses(10, shop::orders)).isEqualTo(Map.of(200, 10));
        return new Span(begin, Instant.now());
    }

    private static void apply(RunningMesh.Instance mesh, String file) {
        mesh.binnacle().run(PATIENCE, "apply", "-f", file).mustSucceed("apply");
    }

    private static JsonNode ordered(RunningMesh.Instance mesh, String id) {
        var shop = new Shop(mesh);
        Shop.statuses(10, () -> shop.order(1));
        assertThat(shop.order(1, "x-user-group", "testers", "traceparent", sampled(id))
                        .status())
                .isEqualTo(201);
        var traces = new Traces(mesh);
        await("trace " + id)
                .atMost(PATIENCE)
                .until(() -> traces.get(id).at("/trace/spans").asInt() == SPANS);
        return traces.get(id);
    }

    private static String sampled(String id) {
        return "00-" + id + "-" + PARENT + "-01";
    }

    private static String traceId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static List<JsonNode> proxies(JsonNode trace) {
        return Traces.spans(trace)
                .filter(span -> span.get("service").asText().contains("."))
                .toList();
    }

    private static String attribute(JsonNode span, String name) {
        return span.get("attributes").path(name).asText();
    }
}
