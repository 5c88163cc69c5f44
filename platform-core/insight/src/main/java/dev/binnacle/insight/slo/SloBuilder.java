package dev.binnacle.insight.slo;

import dev.binnacle.insight.health.Percent;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import dev.binnacle.insight.slo.Slo.State;
import dev.binnacle.prometheus.promql.Selector;
import dev.binnacle.prometheus.rules.SloSeries;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Joins what is recorded of objectives with what is written down. A function of its arguments; for any thread. */
public final class SloBuilder {
    private static final String NAME = "__name__";
    private static final String HOST = "destination_service";
    private static final String ALERTS = "ALERTS";
    private static final String SIX_HOURS = SloSeries.ratio(Duration.ofHours(6));

    private static final Comparator<Slo> WORST_FIRST = Comparator.comparing(Slo::state)
            .thenComparing(slo -> slo.remaining().orElse(Double.MAX_VALUE))
            .thenComparing(Slo::name)
            .thenComparing(slo -> slo.labels().toString());

    private final List<Row> rows;
    private final Map<String, Objective> written;

    private SloBuilder(List<Row> rows, Collection<Objective> written) {
        this.rows = rows;
        this.written = written.stream()
                .collect(Collectors.toMap(Objective::name, Function.identity(), (first, second) -> first));
    }

    /** Returns the one query that is needed, whatever the number of objectives. */
    public static String promql() {
        var names = List.of(
                SloSeries.TOTAL,
                SloSeries.OBJECTIVE,
                SloSeries.PERIOD,
                SloSeries.REMAINING,
                SloSeries.BURN_RATE,
                SloSeries.EXHAUSTED,
                SIX_HOURS,
                ALERTS);
        return "{" + NAME + "=~" + Selector.quoted(String.join("|", names)) + "," + SloSeries.SLO + "!=\"\"}";
    }

    /** Returns all objectives, recorded and written down, the worst first. */
    public static List<Slo> build(Answer answer, Collection<Objective> written) {
        var builder = new SloBuilder(answer.rowsOrNone(), written);
        var recorded = builder.recorded();
        var names = recorded.stream().map(Slo::name).collect(Collectors.toSet());
        var others = written.stream()
                .filter(objective -> !names.contains(objective.name()))
                .map(objective -> unrecorded(objective, answer));
        return Stream.concat(recorded.stream(), others).sorted(WORST_FIRST).toList();
    }

    private List<Slo> recorded() {
        return rows.stream()
                .collect(Collectors.groupingBy(row -> row.label(SloSeries.SLO), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .filter(slo ->
                        slo.getValue().stream().anyMatch(row -> row.label(NAME).equals(SloSeries.OBJECTIVE)))
                .flatMap(slo -> parts(slo.getKey(), slo.getValue()))
                .toList();
    }

    /** One for each budget: what the objective itself has no label for tells them apart. */
    private Stream<Slo> parts(String name, List<Row> own) {
        var common = own.stream()
                .filter(row -> row.label(NAME).equals(SloSeries.OBJECTIVE))
                .findFirst()
                .orElseThrow();
        var parts = new HashMap<Map<String, String>, Map<String, Double>>();
        for (Row row : own) {
            if (!row.label(NAME).equals(ALERTS)) {
                parts.computeIfAbsent(more(row, common.labels().keySet()), labels -> new HashMap<>())
                        .put(row.label(NAME), row.value());
            }
        }
        var ofAll = parts.getOrDefault(Map.of(), Map.of());
        if (parts.size() > 1) {
            parts.remove(Map.of());
        }
        var alerts = own.stream().filter(SloBuilder::fires).toList();
        return parts.entrySet().stream().map(part -> {
            var values = new HashMap<>(ofAll);
            values.putAll(part.getValue());
            return slo(name, part.getKey(), common.label(HOST), new Values(values), firing(alerts, part.getKey()));
        });
    }

    private static Map<String, String> more(Row row, Set<String> common) {
        return row.labels().entrySet().stream()
                .filter(label -> !common.contains(label.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static boolean fires(Row row) {
        return row.label(NAME).equals(ALERTS) && row.label("alertstate").equals("firing");
    }

    private static Set<String> firing(List<Row> alerts, Map<String, String> part) {
        var names = new HashSet<String>();
        alerts.stream()
                .filter(alert -> alert.labels().entrySet().containsAll(part.entrySet()))
                .forEach(alert -> names.add(alert.label("alertname")));
        return names;
    }

    private Slo slo(String name, Map<String, String> labels, String host, Values values, Set<String> firing) {
        var objective = values.get(SloSeries.OBJECTIVE);
        var period = values.seconds(SloSeries.PERIOD);
        var remaining = values.get(SloSeries.REMAINING);
        var burning = values.get(SloSeries.BURN_RATE);
        var verdict = verdict(values, remaining, objective, burning, period, firing);
        return new Slo(
                name,
                labels,
                host,
                objective,
                period,
                verdict.state(),
                verdict.reason(),
                map(remaining, left -> Math.clamp(left, 0, 1)),
                burning,
                map(values.get(SIX_HOURS), bad -> bad / (1 - objective.orElse(0))),
                values.seconds(SloSeries.EXHAUSTED),
                Optional.ofNullable(written.get(name)));
    }

    private record Verdict(State state, String reason) {}

    private static Verdict verdict(
            Values values,
            OptionalDouble remaining,
            OptionalDouble objective,
            OptionalDouble burning,
            Optional<Duration> period,
            Set<String> firing) {
        boolean events = values.get(SloSeries.TOTAL).orElse(0) > 0;
        if (remaining.isEmpty()) {
            return events
                    ? new Verdict(State.UNKNOWN, "there are events, and its budget is not worked out yet")
                    : new Verdict(State.NO_TRAFFIC, "no event was counted");
        }
        String left = left(remaining.getAsDouble(), period);
        if (remaining.getAsDouble() <= 0) {
            double allowed = 1 - objective.orElse(0);
            return new Verdict(
                    State.EXHAUSTED,
                    "nothing of its budget" + of(period) + " is left: "
                            + Percent.of(allowed * (1 - remaining.getAsDouble())) + " of the events were bad, "
                            + Percent.of(allowed) + " may be");
        }
        if (!firing.isEmpty()) {
            return new Verdict(
                    State.BURNING,
                    "its budget burns " + pace(burning) + " ("
                            + String.join(", ", firing.stream().sorted().toList()) + "); " + left);
        }
        return events
                ? new Verdict(State.OK, left)
                : new Verdict(State.NO_TRAFFIC, "no event in the last 5 minutes; " + left);
    }

    private static String pace(OptionalDouble burning) {
        return burning.isEmpty()
                ? "too fast"
                : String.format(Locale.ROOT, "%.3g times faster than it may", burning.getAsDouble());
    }

    private static String left(double remaining, Optional<Duration> period) {
        return Percent.of(remaining) + " of its budget" + of(period) + " is left";
    }

    private static String of(Optional<Duration> period) {
        return period.map(duration -> " of " + duration.toDays() + " days").orElse("");
    }

    private static Slo unrecorded(Objective objective, Answer answer) {
        String reason = switch (answer) {
            case Answer.Missing(String why) -> "not known: " + why;
            case Answer.Rows rows ->
                "Prometheus has recorded nothing of it: its rules are not there, or not evaluated yet. Run ./binnacle generate";
        };
        return new Slo(
                objective.name(),
                Map.of(),
                "",
                OptionalDouble.empty(),
                Optional.empty(),
                State.UNKNOWN,
                reason,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(objective));
    }

    private static OptionalDouble map(OptionalDouble value, java.util.function.DoubleUnaryOperator change) {
        return value.isEmpty() ? value : OptionalDouble.of(change.applyAsDouble(value.getAsDouble()));
    }

    /** What is recorded of one budget; what is no number is not there. */
    private record Values(Map<String, Double> byName) {
        OptionalDouble get(String name) {
            var value = byName.get(name);
            return value == null || !Double.isFinite(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }

        Optional<Duration> seconds(String name) {
            var value = get(name);
            return value.isEmpty() ? Optional.empty() : Optional.of(Duration.ofSeconds((long) value.getAsDouble()));
        }
    }
}
