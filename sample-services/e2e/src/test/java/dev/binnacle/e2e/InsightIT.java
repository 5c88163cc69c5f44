package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the API says of the real metrics of real Envoys, and of the alerts of a real Alertmanager. */
@ExtendWith(RunningMesh.class)
class InsightIT {
    /** Version 2 of the catalog does not get at the inventory any more, and fails for that. */
    private static final String BROKEN = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: inventory-fails-v2
              namespace: default
            spec:
              hosts: [inventory]
              http:
                - match:
                    - sourceLabels:
                        app: catalog
                        version: v2
                  fault:
                    abort:
                      grpcStatus: UNAVAILABLE
                      percentage: {value: 100}
                  route:
                    - destination: {host: inventory}
                - route:
                    - destination: {host: inventory}
            """;

    private final Traffic traffic = new Traffic();

    @Test
    void aVersionThatFailsIsSaidToFailEverywhere(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        mesh.binnacle().apply("broken.yaml", BROKEN).mustSucceed("apply");
        try {
            await().atMost(Duration.ofSeconds(180)).untilAsserted(() -> {
                Shop.statuses(40, shop::catalog);

                JsonNode catalog = get(mesh, "services/default/catalog?window=1m");
                JsonNode version = find(
                        catalog.get("versions"), v -> v.get("version").asText().equals("v2"));
                assertThat(version.at("/health/status").asText())
                        .as(catalog.toPrettyString())
                        .isEqualTo("failing");
                assertThat(version.at("/health/reason").asText())
                        .contains(" requests in the last 1m failed (degraded from");
                assertThat(version.get("share").asDouble()).isBetween(0.0, 1.0);
                assertThat(version.at("/pods/0/ready").isBoolean()).isTrue();
                assertThat(catalog.at("/comparison/sentence").asText())
                        .matches("(v2 does worse than v1|v1 does better than v2): .*");
                assertThat(catalog.at("/signals/latencyMs/p50").asDouble()).isPositive();
                assertThat(texts(catalog.get("callers"), "source")).contains("workload/default/storefront");
                assertThat(texts(catalog.get("calls"), "target")).contains("workload/default/inventory");
                assertThat(texts(catalog.get("slos"), "name")).contains("catalog-versions", "catalog-latency");

                JsonNode worst = get(mesh, "overview?window=1m").at("/attention/0");
                assertThat(worst.get("severity").asText()).isEqualTo("failing");

                JsonNode budget = find(
                        get(mesh, "slos").get("slos"),
                        slo -> slo.get("name").asText().equals("catalog-versions")
                                && slo.at("/labels/destination_version")
                                        .asText()
                                        .equals("v2"));
                assertThat(budget.get("state").asText())
                        .as(budget.toPrettyString())
                        .isIn("burning", "exhausted");
                assertThat(budget.at("/burnRate/1h").asDouble()).isGreaterThan(1);
                assertThat(budget.get("file").asText()).endsWith("prometheus/slo/shop.yaml");
                assertThat(budget.get("displayName").asText()).isEqualTo("Each version of the catalog answers");

                JsonNode alert = find(
                        get(mesh, "alerts").get("alerts"),
                        each -> each.get("name").asText().equals("SloBurnsFast")
                                && each.at("/labels/slo").asText().equals("catalog-versions"));
                assertThat(alert.get("node").asText()).isEqualTo("service/default/catalog");

                JsonNode errors = get(mesh, "series?service=default/catalog&signal=errors&window=5m");
                assertThat(texts(errors.get("series"), "name")).contains("all", "v1", "v2");
                assertThat(last(find(
                                errors.get("series"),
                                line -> line.get("name").asText().equals("v2"))))
                        .isGreaterThan(0.5);
                assertThat(last(find(
                                errors.get("series"),
                                line -> line.get("name").asText().equals("v1"))))
                        .isZero();
                JsonNode latency = get(mesh, "series?service=default/catalog&signal=latency&window=5m");
                assertThat(texts(latency.get("series"), "name")).containsExactly("p50", "p95", "p99");
            });
        } finally {
            mesh.binnacle().delete("broken.yaml", BROKEN).mustSucceed("delete");
        }
    }

    @Test
    void eventsTellWhenToLookAndWhatChanged(RunningMesh.Instance mesh) throws Exception {
        try (var client = HttpClient.newHttpClient();
                var happening = client.send(
                                HttpRequest.newBuilder(URI.create(mesh.app() + "/api/v1/events"))
                                        .header("Accept", "text/event-stream")
                                        .build(),
                                BodyHandlers.ofLines())
                        .body()) {
            var lines = happening.iterator();
            Instant first = tick(lines);
            Instant second = tick(lines);
            assertThat(second.getEpochSecond() % 5).isZero();
            assertThat(Duration.between(first, second)).isEqualTo(Duration.ofSeconds(5));

            mesh.binnacle().apply("broken.yaml", BROKEN).mustSucceed("apply");
            try {
                assertThat(Stream.generate(lines::next).anyMatch("event:mesh"::equals))
                        .isTrue();
            } finally {
                mesh.binnacle().delete("broken.yaml", BROKEN).mustSucceed("delete");
            }
        }
    }

    @Test
    void twentyViewersCostPrometheusNoMoreThanOne(RunningMesh.Instance mesh) throws Exception {
        Instant at = Instant.ofEpochSecond(Instant.now().getEpochSecond() / 5 * 5 - 60);
        var views = List.of("topology", "services", "services/default/catalog", "overview");
        double before = queries(mesh);
        views.forEach(view -> get(mesh, view + "?window=61s&at=" + at));
        double one = queries(mesh) - before;
        assertThat(one).isPositive();

        try (var viewers = Executors.newFixedThreadPool(20)) {
            Callable<List<String>> look = () -> views.stream()
                    .map(view -> get(mesh, view + "?window=61s&at=" + at.minusSeconds(5))
                            .get("at")
                            .asText())
                    .toList();
            for (var seen :
                    viewers.invokeAll(Stream.generate(() -> look).limit(20).toList())) {
                assertThat(seen.get()).containsOnly(at.minusSeconds(5).toString());
            }
        }

        // Objectives are those of now: while twenty look, a five-second step may end once.
        assertThat(queries(mesh) - before - one).isLessThanOrEqualTo(one + 1);
    }

    @Test
    void whatPeopleAskPrometheusIsAnsweredAsPrometheusAnswers(RunningMesh.Instance mesh) {
        String api = mesh.app() + "/api/v1/prometheus/api/v1/";

        assertThat(Binnacle.json(traffic.get(api + "query?query=1%2B1").body())
                        .at("/data/result/1")
                        .asText())
                .isEqualTo("2");
        var wrong = traffic.get(api + "query?query=sum(");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(Binnacle.json(wrong.body()).get("error").asText()).contains("parse error");
        assertThat(traffic.get(api + "label/__name__/values").body()).contains("istio_requests_total");
        assertThat(traffic.get(api + "metadata?metric=up").status()).isEqualTo(200);
        assertThat(traffic.get(api + "targets").status()).isEqualTo(404);
    }

    private JsonNode get(RunningMesh.Instance mesh, String view) {
        var answer = traffic.get(mesh.app() + "/api/v1/" + view);
        assertThat(answer.status()).as(view + ": " + answer.body()).isEqualTo(200);
        return Binnacle.json(answer.body());
    }

    /** How many queries Prometheus has answered, as it counts itself. */
    private double queries(RunningMesh.Instance mesh) {
        var page = traffic.get(mesh.binnacle().status().at("/prometheus/url").asText() + "/metrics");
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        return page.body()
                .lines()
                .filter(line ->
                        line.startsWith("prometheus_http_requests_total{") && line.contains("handler=\"/api/v1/query"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static Instant tick(java.util.Iterator<String> lines) {
        boolean named = false;
        while (lines.hasNext()) {
            String line = lines.next();
            if (named && line.startsWith("data:")) {
                return Instant.parse(Binnacle.json(line.substring("data:".length()))
                        .get("at")
                        .asText());
            }
            named = line.equals("event:tick") || named && !line.isEmpty();
        }
        throw new AssertionError("no tick came");
    }

    private static double last(JsonNode line) {
        var values = new ArrayList<Double>();
        line.get("points").forEach(point -> {
            if (!point.get(1).isNull()) {
                values.add(point.get(1).asDouble());
            }
        });
        assertThat(values).as(line.toString()).isNotEmpty();
        return values.getLast();
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.get(field).asText())
                .toList();
    }

    private static JsonNode find(JsonNode list, Predicate<JsonNode> wanted) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("not among " + list.toPrettyString()));
    }
}
