package dev.binnacle.insight.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.slo.Slo.State;
import dev.binnacle.prometheus.rules.SloSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SloBuilderTest {
    private static final String HOST = "catalog.default.svc.cluster.local";
    private static final Objective WRITTEN = new Objective("fast", "The catalog answers at once", "slo/shop.yaml", 7);

    private final List<Row> rows = new ArrayList<>();

    @Test
    void aBudgetThatLastsIsFine() {
        objective("fast", 0.99).value("fast", SloSeries.REMAINING, 0.75).value("fast", SloSeries.TOTAL, 3);
        value("fast", SloSeries.BURN_RATE, 0.5).value("fast", SloSeries.EXHAUSTED, 3_628_800);
        value("fast", SloSeries.ratio(Duration.ofHours(6)), 0.002);

        assertThat(slos(WRITTEN)).singleElement().satisfies(slo -> {
            assertThat(slo.state()).isEqualTo(State.OK);
            assertThat(slo.reason()).isEqualTo("75 % of its budget of 28 days is left");
            assertThat(slo.objective()).hasValue(0.99);
            assertThat(slo.remaining()).hasValue(0.75);
            assertThat(slo.burnRate1h()).hasValue(0.5);
            assertThat(slo.burnRate6h().orElseThrow()).isCloseTo(0.2, within(1e-9));
            assertThat(slo.exhaustedIn()).contains(Duration.ofDays(42));
            assertThat(slo.host()).isEqualTo(HOST);
            assertThat(slo.written()).contains(WRITTEN);
        });
    }

    @Test
    void itBurnsWhenAnAlertForItFires() {
        objective("fast", 0.99).value("fast", SloSeries.REMAINING, 0.75).value("fast", SloSeries.TOTAL, 3);
        value("fast", SloSeries.BURN_RATE, 20);
        row("fast", "ALERTS", 1, "alertname", "SloBurnsFast", "alertstate", "firing", "severity", "critical");

        assertThat(slos().getFirst().state()).isEqualTo(State.BURNING);
        assertThat(slos().getFirst().reason())
                .isEqualTo("its budget burns 20.0 times faster than it may (SloBurnsFast); "
                        + "75 % of its budget of 28 days is left");
    }

    @Test
    void anAlertThatWaitsIsNoneYet() {
        objective("fast", 0.99).value("fast", SloSeries.REMAINING, 0.75).value("fast", SloSeries.TOTAL, 3);
        row("fast", "ALERTS", 1, "alertname", "SloBurnsFast", "alertstate", "pending");

        assertThat(slos().getFirst().state()).isEqualTo(State.OK);
    }

    @Test
    void anOverdrawnBudgetIsEmptyAndSaysByHowMuch() {
        objective("fast", 0.99).value("fast", SloSeries.REMAINING, -3).value("fast", SloSeries.TOTAL, 3);

        assertThat(slos().getFirst().state()).isEqualTo(State.EXHAUSTED);
        assertThat(slos().getFirst().remaining()).hasValue(0);
        assertThat(slos().getFirst().reason())
                .isEqualTo("nothing of its budget of 28 days is left: 4.0 % of the events were bad, 1.0 % may be");
    }

    @Test
    void withoutEventsThereIsNoVerdict() {
        objective("idle", 0.99);
        objective("once", 0.99).value("once", SloSeries.REMAINING, 0.5).value("once", SloSeries.TOTAL, 0);
        objective("new", 0.99).value("new", SloSeries.TOTAL, 1);
        objective("odd", 0.99).value("odd", SloSeries.REMAINING, Double.NaN);

        assertThat(slos())
                .extracting(slo -> slo.name() + " " + slo.state())
                .containsExactly("new UNKNOWN", "once NO_TRAFFIC", "idle NO_TRAFFIC", "odd NO_TRAFFIC");
        assertThat(slos())
                .filteredOn(slo -> !slo.name().equals("once"))
                .allSatisfy(slo -> assertThat(slo.remaining()).isEmpty());
    }

    @Test
    void eachPartWithABudgetOfItsOwnIsOne() {
        objective("versions", 0.9);
        row("versions", SloSeries.REMAINING, 0.9, "destination_version", "v1");
        row("versions", SloSeries.TOTAL, 1, "destination_version", "v1");
        row("versions", SloSeries.REMAINING, 0.2, "destination_version", "v2");
        row("versions", SloSeries.TOTAL, 1, "destination_version", "v2");
        row(
                "versions",
                "ALERTS",
                1,
                "alertname",
                "SloBurnsSlowly",
                "alertstate",
                "firing",
                "destination_version",
                "v2");

        assertThat(slos())
                .extracting(slo -> slo.labels() + " " + slo.state())
                .containsExactly("{destination_version=v2} BURNING", "{destination_version=v1} OK");
        assertThat(slos()).allSatisfy(slo -> assertThat(slo.objective()).hasValue(0.9));
    }

    @Test
    void whatIsOnlyWrittenDownIsUnknown() {
        assertThat(slos(WRITTEN)).singleElement().satisfies(slo -> {
            assertThat(slo.state()).isEqualTo(State.UNKNOWN);
            assertThat(slo.reason()).startsWith("Prometheus has recorded nothing of it");
            assertThat(slo.remaining()).isEmpty();
        });
        assertThat(SloBuilder.build(new Answer.Missing("Prometheus is away"), List.of(WRITTEN)))
                .extracting(Slo::reason)
                .containsExactly("not known: Prometheus is away");
    }

    @Test
    void theWorstComesFirst() {
        objective("fine", 0.9).value("fine", SloSeries.REMAINING, 0.9).value("fine", SloSeries.TOTAL, 1);
        objective("less", 0.9).value("less", SloSeries.REMAINING, 0.1).value("less", SloSeries.TOTAL, 1);
        objective("gone", 0.9).value("gone", SloSeries.REMAINING, 0).value("gone", SloSeries.TOTAL, 1);

        assertThat(slos(WRITTEN)).extracting(Slo::name).containsExactly("gone", "fast", "less", "fine");
    }

    @Test
    void oneQueryAsksForAll() {
        assertThat(SloBuilder.promql())
                .isEqualTo("{__name__=~\"slo:events:rate5m|slo:objective:ratio|slo:period:seconds|"
                        + "slo:error_budget_remaining:ratio|slo:burn_rate:rate1h|slo:error_budget_exhausted_in:seconds|"
                        + "slo:error_ratio:rate6h|ALERTS\",slo!=\"\"}");
    }

    private List<Slo> slos(Objective... written) {
        return SloBuilder.build(new Answer.Rows(rows, List.of()), List.of(written));
    }

    private SloBuilderTest objective(String slo, double share) {
        return value(slo, SloSeries.OBJECTIVE, share).value(slo, SloSeries.PERIOD, 28 * 86_400);
    }

    private SloBuilderTest value(String slo, String name, double value) {
        return row(slo, name, value);
    }

    private SloBuilderTest row(String slo, String name, double value, String... more) {
        var labels = new TreeMap<>(Map.of("__name__", name, "slo", slo, "destination_service", HOST));
        for (int i = 0; i < more.length; i += 2) {
            labels.put(more[i], more[i + 1]);
        }
        rows.add(new Row(labels, value));
        return this;
    }
}
