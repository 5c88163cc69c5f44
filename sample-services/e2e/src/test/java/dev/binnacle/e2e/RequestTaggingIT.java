package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Headers become labels, and decide what is logged: {@code istio/scenarios/request-tagging}. */
@Scenario({"istio/scenarios/request-tagging", "istio/scenarios/tracing"})
class RequestTaggingIT {
    private static final String TRACE = UUID.randomUUID().toString().replace("-", "");

    @Test
    void headersAreLabelsAndDecideWhatIsLogged(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        // An instance of before may have left some.
        int logged = accessLog(mesh).size();
        // A connection of before goes by what was said before, until it has had one more answer.
        Shop.statuses(10, () -> shop.order(1));
        var counted = new Increase(
                mesh,
                "istio_requests_total",
                Map.of("reporter", "destination", "destination_service_name", "orders"),
                "channel",
                "group");

        assertThat(Shop.statuses(2, () -> shop.order(1))).isEqualTo(Map.of(201, 2));
        assertThat(shop.order(1, "x-user-group", "testers", "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                        .status())
                .isEqualTo(201);

        counted.awaitEqual(Map.of("web everyone", 2, "web testers", 1));
        // Envoy writes its log every second.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(accessLog(mesh).stream().skip(logged))
                        .hasSize(1)
                        .allMatch(line -> line.contains("\"POST /api/orders HTTP/1.1\" 201")));
        // What is a label in Prometheus is a tag on the span.
        var traces = new Traces(mesh);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(Traces.spans(traces.get(TRACE)))
                        .filteredOn(span -> span.get("service").asText().equals("orders.default"))
                        .filteredOn(span -> span.get("kind").asText().equals("server"))
                        .singleElement()
                        .satisfies(span -> {
                            assertThat(span.at("/attributes/channel").asText()).isEqualTo("web");
                            assertThat(span.at("/attributes/group").asText()).isEqualTo("testers");
                        }));
    }

    /** Returns the lines of the access log; none while there is no log, which the command says by failing. */
    private static List<String> accessLog(RunningMesh.Instance mesh) {
        var logs = mesh.binnacle().run(Duration.ofSeconds(30), "logs", "--access", "orders");
        return logs.exitCode() == 0 ? logs.out().lines().toList() : List.of();
    }
}
