package dev.binnacle.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.app.BuildFolder;
import dev.binnacle.app.mesh.TestMesh;
import dev.binnacle.insight.alert.Alert;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertsTest {
    private static final String TWO = """
            [{"annotations":{"summary":"slow","runbook_url":"docs/x.md"},"endsAt":"2026-01-01T01:00:00.000Z",
              "fingerprint":"b","receivers":[{"name":"team"}],"startsAt":"2026-01-01T00:00:00.123+01:00",
              "status":{"inhibitedBy":[],"mutedBy":[],"silencedBy":["1"],"state":"suppressed"},
              "updatedAt":"2026-01-01T00:00:00Z","generatorURL":"http://x","labels":{"alertname":"AnswersSlow"}},
             {"annotations":{},"fingerprint":"a","startsAt":"2026-01-01T00:00:00Z",
              "status":{"state":"active","silencedBy":[],"inhibitedBy":[]},
              "labels":{"alertname":"RequestsFail","severity":"critical",
                        "destination_service":"catalog.default.svc.cluster.local"}}]
            """;

    private StandIn alertmanager;
    private TestMesh mesh;
    private PrometheusClient prometheus;
    private Alerts alerts;

    @BeforeEach
    void start() throws IOException {
        alertmanager = new StandIn();
        var folder = BuildFolder.fresh("alerts");
        TestMesh.write(folder);
        mesh = new TestMesh(folder);
        var limits = new Patience(Duration.ofMillis(500), 10_000);
        prometheus = new PrometheusClient(() -> URI.create("http://127.0.0.1:1"), limits);
        alerts = new Alerts(new Pictures(mesh.controller()::state, prometheus, limits), alertmanager::url, limits);
    }

    @AfterEach
    void stop() {
        alerts.stop();
        prometheus.stop();
        mesh.close();
        alertmanager.close();
    }

    @Test
    void whatFiresComesFirstAndSaysWhomItIsAbout() {
        alertmanager.answers(200, TWO);

        var found = alerts.now();

        assertThat(found.gaps()).isEmpty();
        assertThat(found.alerts()).extracting(Alert::name).containsExactly("RequestsFail", "AnswersSlow");
        assertThat(found.firing()).singleElement().satisfies(alert -> {
            assertThat(alert.node()).contains("service/default/catalog");
            assertThat(alert.severity()).isEqualTo("critical");
            assertThat(alert.runbook()).isEmpty();
        });
        assertThat(found.alerts().get(1).state()).isEqualTo(Alert.State.SILENCED);
        assertThat(found.alerts().get(1).since()).isEqualTo(Instant.parse("2025-12-31T23:00:00.123Z"));
        assertThat(found.alerts().get(1).runbook()).contains("docs/x.md");
        assertThat(alertmanager.asked()).containsExactly("GET /api/v2/alerts ");
    }

    @Test
    void everybodyWhoAsksAtOnceGetsOneAnswer() {
        alertmanager.answers(200, "[]");

        alerts.now();
        alerts.now();

        assertThat(alertmanager.asked()).hasSize(1);
        assertThat(alerts.now().known()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>sign in</html>",
                "",
                "{}",
                "null",
                "[{}]",
                "[{\"fingerprint\":\"a\",\"startsAt\":\"soon\",\"labels\":{}}]"
            })
    void whatIsNoListOfAlertsIsNoNewsAndNoGoodNews(String body) {
        alertmanager.answers(200, body);

        assertThat(alerts.now())
                .isEqualTo(new Alerts.Found(
                        List.of("Alerts not known: what answers at "
                                + alertmanager.url().getAuthority()
                                + " with status 200 is not the API of Alertmanager: see binnacle.alertmanager.url"),
                        List.of()));
    }

    @Test
    void anAlertmanagerThatHangsOrIsAwayIsAGap() {
        alertmanager.hangs();
        assertThat(alerts.now().gaps()).containsExactly("Alerts not known: Alertmanager did not answer within 500 ms");
    }

    @Test
    void soIsOneThatIsAway() {
        alertmanager.close();
        assertThat(alerts.now().gaps())
                .singleElement()
                .asString()
                .startsWith("Alerts not known: Alertmanager does not answer at 127.0.0.1:");
    }
}
