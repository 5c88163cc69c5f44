package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.plugin.generator.grafana.board.Board;
import dev.binnacle.plugin.generator.grafana.board.Names;
import dev.binnacle.plugin.generator.grafana.model.Dashboard;
import dev.binnacle.plugin.generator.grafana.model.Needs;
import dev.binnacle.prometheus.promql.MetricNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every panel of every dashboard, asked of the Prometheus of the running mesh. */
@ExtendWith(RunningMesh.class)
class DashboardsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String CHANGE_FILE = "change-for-dashboards.yaml";
    private static final String CHANGE = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: change-for-dashboards, namespace: default}
            spec:
              hosts: [payments]
              http: [{timeout: %ds, route: [{destination: {host: payments}}]}]
            """;
    private static final List<Dashboard> DASHBOARDS = Board.all().stream()
            .map(board -> board.make(new Names("binnacle", "5m")))
            .toList();

    private int changes;

    @Test
    void everyPanelShowsSomethingWhereThereIsTraffic(RunningMesh.Instance mesh) {
        try (var visitors = new BackgroundLoad(mesh.ingress() + "/api/catalog", Traffic::new);
                var buyers = new BackgroundLoad(mesh.ingress() + "/api/orders", Traffic::new)) {
            new Shop(mesh).order(1);
            for (var dashboard : DASHBOARDS) {
                await().atMost(PATIENCE).pollInterval(PAUSE).untilAsserted(() -> {
                    new Shop(mesh).order(1);
                    change(mesh, ++changes);
                    assertThat(new DashboardReader(dashboard, mesh.prometheus()).problems())
                            .as(dashboard.title())
                            .isEmpty();
                });
            }
            assertThat(visitors.sent() + buyers.sent()).isPositive();
        } finally {
            mesh.binnacle().delete(CHANGE_FILE, CHANGE.formatted(30)).mustSucceed("delete");
        }
    }

    /** Panels about changes show those of the last minutes: there is one, whatever ran before this class. */
    private static void change(RunningMesh.Instance mesh, int number) {
        mesh.binnacle().apply(CHANGE_FILE, CHANGE.formatted(30 + number)).mustSucceed("apply");
    }

    /** A panel that may be empty asks for what exists all the same: a name that is written wrong is empty for ever. */
    @Test
    void everyMetricIsKnown(RunningMesh.Instance mesh) throws Exception {
        var known = new TreeSet<>(mesh.prometheus().metricNames());
        mesh.prometheus().rules().forEach(rule -> known.add(String.valueOf(rule.get("name"))));
        known.add("ALERTS");
        known.addAll(istiodMetrics());

        for (var dashboard : DASHBOARDS) {
            for (var panel : dashboard.panels()) {
                for (var query : panel.queries()) {
                    assertThat(MetricNames.of(query.expression()))
                            .as("%s, %s: %s", dashboard.title(), panel.title(), query.expression())
                            .isSubsetOf(known);
                }
            }
        }
    }

    @Test
    void whatMayBeEmptyIsTheExceptionAndSaysWhy() {
        var mayBeEmpty = new ArrayList<String>();
        DASHBOARDS.forEach(dashboard -> dashboard.panels().stream()
                .filter(panel -> panel.needs() != Needs.TRAFFIC)
                .filter(panel -> panel.needs() != Needs.TCP)
                .forEach(panel -> mayBeEmpty.add(panel.needs() + ": " + panel.title())));

        assertThat(mayBeEmpty)
                .containsExactlyInAnyOrder(
                        "FAILURE: Requests in plain text",
                        "FAILURE: What the proxies say",
                        "CHANGE: Until a change is in force",
                        "ISTIOD: istiod's memory",
                        "ISTIOD: istiod's processors",
                        "ISTIOD: Refused at the door",
                        "ISTIOD: Certificates issued",
                        "OUTSIDE: Hosts outside",
                        "OUTSIDE: Hosts that no resource knows",
                        "HISTORY: Least budget left",
                        "HISTORY: Objectives",
                        "HISTORY: Budget left");
    }

    private static Set<String> istiodMetrics() throws IOException {
        var names = new TreeSet<String>();
        Files.readAllLines(Path.of("src/test/resources/istiod-metrics.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> names.add(line.split(" ", 2)[0]));
        return names;
    }
}
