package dev.binnacle.mesh.cardinality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.cardinality.LabelCosts.Cost;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CardinalityTest {
    private static final int OF_A_SET = 1 + 3 * 22;

    private static final String SHOP =
            Stream.of("shop", "stock").map(name -> """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: NAME}
                    spec:
                      selector: {app: NAME}
                      ports: [{name: http, port: 8080}]
                    """.replace("NAME", name)).collect(Collectors.joining("---\n"))
                    + deployment("shop", "v1", 1)
                    + deployment("stock", "v1", 1);

    private static String deployment(String app, String version, int replicas) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: APP-VERSION}
                spec:
                  replicas: COUNT
                  selector: {matchLabels: {app: APP, version: VERSION}}
                  template:
                    metadata: {labels: {app: APP, version: VERSION}}
                    spec: {containers: [{name: main, image: x, ports: [{name: http, containerPort: 8080}]}]}
                """.replace("APP", app).replace("VERSION", version).replace("COUNT", String.valueOf(replicas));
    }

    private static String telemetry(String overrides) {
        return """
                ---
                apiVersion: telemetry.istio.io/v1
                kind: Telemetry
                metadata: {name: less}
                spec:
                  metrics:
                    - providers: [{name: prometheus}]
                      overrides:
                        - OVERRIDES
                """.replace("OVERRIDES", overrides);
    }

    private static MeshIr mesh(String... yaml) {
        var read = Translation.read(List.of(new ManifestFile("mesh.yaml", String.join("", yaml))));
        assertThat(read.diagnostics()).isEmpty();
        return Translation.compile(read.value(), Translation.plan(read.value())).value();
    }

    private static CardinalityReport possible(MeshIr mesh, Assumptions assumptions) {
        return CardinalityReport.possible(mesh, mesh, assumptions);
    }

    /** What Prometheus would say of such traffic: one series a label set and metric, with the target's labels. */
    private static List<Map<String, String>> seen(MeshIr mesh) {
        var series = new ArrayList<Map<String, String>>();
        for (var flow : PossibleFlows.of(mesh, Assumptions.NONE)) {
            for (Metric metric : flow.family().metrics()) {
                var labels = new TreeMap<>(flow.labels());
                int dot = flow.proxy().indexOf('.');
                labels.put("__name__", Family.oneSeries(metric));
                labels.put("pod", flow.proxy().substring(0, dot));
                labels.put("namespace", flow.proxy().substring(dot + 1));
                labels.put("instance", "127.0.0.1:15020");
                series.add(labels);
            }
        }
        return series;
    }

    @Test
    void everyEdgeIsCountedAtBothEnds() {
        // shop to stock and stock to shop.
        assertThat(possible(mesh(SHOP), Assumptions.NONE).now().total()).isEqualTo(2 * 2 * OF_A_SET);
    }

    @Test
    void everyPodCountsForItself() {
        // Which pod of the other workload it was makes no difference to a label.
        var report = possible(mesh(SHOP.replace("replicas: 1", "replicas: 3")), Assumptions.NONE);

        assertThat(report.now().total()).isEqualTo(3 * 4 * OF_A_SET);
    }

    @Test
    void outcomesMultiply() {
        var report = possible(mesh(SHOP), new Assumptions(3, Map.of()));

        assertThat(report.now().total()).isEqualTo(3 * 4 * OF_A_SET);
        assertThat(report.costs())
                .contains(new Cost(
                        "response_*, grpc_response_status",
                        Set.of("response_code", "response_flags", "grpc_response_status"),
                        2 * 4 * OF_A_SET));
    }

    @Test
    void aMetricThatIsOffHasNone() {
        var then = mesh(SHOP, telemetry("{match: {metric: REQUEST_SIZE}, disabled: true}"));
        var report = CardinalityReport.possible(mesh(SHOP), then, Assumptions.NONE);

        assertThat(report.now().of(Metric.REQUEST_SIZE)).isEqualTo(4 * 22);
        assertThat(report.then().of(Metric.REQUEST_SIZE)).isZero();
        assertThat(report.then().total()).isEqualTo(4 * (OF_A_SET - 22));
    }

    @Test
    void aTagHasTheValuesOfItsExpression() {
        var report = possible(
                mesh(
                        SHOP,
                        telemetry("{match: {metric: REQUEST_COUNT, mode: SERVER}, tagOverrides: {channel: {value:"
                                + " \"request.method == 'GET' ? 'read' : 'write'\"}}}")),
                Assumptions.NONE);

        assertThat(report.now().of(Metric.REQUEST_COUNT)).isEqualTo(2 + 2 * 2);
        assertThat(report.now().unknown()).isEmpty();
    }

    @Test
    void aTagWithoutAnEndIsWithinNoBudget() {
        var mesh = mesh(
                SHOP, telemetry("{match: {metric: REQUEST_COUNT}, tagOverrides: {method: {value: request.method}}}"));

        assertThat(possible(mesh, Assumptions.NONE).now().unknown()).containsExactly("method");
        assertThat(possible(mesh, Assumptions.NONE).isWithin(1_000_000)).isFalse();
        var told = possible(mesh, new Assumptions(1, Map.of("method", 5)));
        assertThat(told.now().of(Metric.REQUEST_COUNT)).isEqualTo(4 * 5);
        assertThat(told.isWithin(told.now().total())).isTrue();
        assertThat(told.isWithin(told.now().total() - 1)).isFalse();
    }

    @Test
    void whatWasSeenIsCountedAsItIs() {
        var mesh = mesh(SHOP);
        var seen = ObservedFlows.of(seen(mesh), mesh);

        var report = CardinalityReport.observed(seen, mesh, mesh, Assumptions.NONE);

        assertThat(report.now().total()).isEqualTo(4 * OF_A_SET);
        assertThat(report.then()).isEqualTo(report.now());
    }

    @Test
    void aNewVersionHasTheTrafficOfTheOneThatRuns() {
        var now = mesh(SHOP);
        var then = mesh(SHOP, deployment("stock", "v2", 1));

        var report = CardinalityReport.observed(ObservedFlows.of(seen(now), now), now, then, Assumptions.NONE);

        // shop's calls of v2 at both ends, and the calls of v2 at both.
        assertThat(report.then().total() - report.now().total()).isEqualTo(4 * OF_A_SET);
    }

    @Test
    void aReplicaCountsWhatItsLikeCounts() {
        var now = mesh(SHOP);
        var then = mesh(SHOP.replace("replicas: 1", "replicas: 2"));

        var report = CardinalityReport.observed(ObservedFlows.of(seen(now), now), now, then, Assumptions.NONE);

        assertThat(report.then().total()).isEqualTo(2 * report.now().total());
    }

    @Test
    void whatIsGoneLeavesNothingAtEitherEnd() {
        var now = mesh(SHOP);
        var then = mesh(SHOP.replace("replicas: 1", "replicas: 0"));

        var report = CardinalityReport.observed(ObservedFlows.of(seen(now), now), now, then, Assumptions.NONE);

        assertThat(report.then().total()).isZero();
    }

    @Test
    void aMetricThatComesBackIsKnownByTheOthers() {
        var now = mesh(SHOP, telemetry("{match: {metric: REQUEST_SIZE}, disabled: true}"));
        var series = seen(now).stream()
                .filter(labels -> !labels.get("__name__").startsWith("istio_request_bytes"))
                .toList();

        var report = CardinalityReport.observed(ObservedFlows.of(series, now), now, mesh(SHOP), Assumptions.NONE);

        assertThat(report.now().of(Metric.REQUEST_SIZE)).isZero();
        assertThat(report.then().of(Metric.REQUEST_SIZE)).isEqualTo(4 * 22);
    }

    @Test
    void whatAnEnvoyStillShowsOfBeforeIsNoTrafficOfItsOwn() {
        var mesh = mesh(SHOP);
        var both = new ArrayList<>(seen(mesh));
        seen(mesh).forEach(labels -> {
            var less = new TreeMap<>(labels);
            less.remove("response_flags");
            both.add(less);
        });

        var report = CardinalityReport.observed(ObservedFlows.of(both, mesh), mesh, mesh, Assumptions.NONE);

        assertThat(report.now().total()).isEqualTo(2 * 4 * OF_A_SET);
        assertThat(report.then().total()).isEqualTo(4 * OF_A_SET);
    }

    @Test
    void aLabelThatOthersImplyCostsNothing() {
        var costs = possible(mesh(SHOP, deployment("stock", "v2", 1)), Assumptions.NONE).costs().stream()
                .collect(Collectors.toMap(Cost::name, Cost::saved));

        assertThat(costs).containsEntry("destination_version", 0L).containsEntry("destination_workload", 0L);
        assertThat(costs.get("destination_*")).isPositive();
        assertThat(costs.keySet()).doesNotContainAnyElementsOf(Arrays.asList("reporter", "le"));
    }
}
