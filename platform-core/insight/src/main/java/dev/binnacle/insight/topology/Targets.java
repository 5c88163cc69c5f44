package dev.binnacle.insight.topology;

import dev.binnacle.insight.health.Evidence.Telemetry;
import dev.binnacle.insight.query.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Whether the proxies of an application are scraped. */
final class Targets {
    private record App(String namespace, String app, String version) {}

    private final boolean known;
    private final Map<App, Double> all = new HashMap<>();
    private final Map<App, Double> up = new HashMap<>();

    Targets(Answer answer) {
        this.known = answer instanceof Answer.Rows;
        for (var row : answer.rowsOrNone()) {
            var app = new App(row.label("namespace"), row.label("app"), row.label("version"));
            (row.label(Question.METRIC).equals(Question.UP) ? up : all).merge(app, row.value(), Double::sum);
        }
    }

    Telemetry of(Declared.Workload workload) {
        if (!known || !workload.meshed()) {
            return Telemetry.NOT_ASKED;
        }
        var app = new App(workload.namespace(), workload.app(), workload.version());
        double wanted = all.getOrDefault(app, 0.0);
        double answering = up.getOrDefault(app, 0.0);
        if (wanted == 0) {
            return Telemetry.NONE;
        }
        if (answering == 0) {
            return Telemetry.DOWN;
        }
        return answering < wanted ? Telemetry.PARTIAL : Telemetry.COMPLETE;
    }

    /** Returns how many targets there are that do not answer. */
    long silent() {
        return Math.round(sum(all) - sum(up));
    }

    private static double sum(Map<App, Double> counted) {
        return Stream.of(counted.values())
                .flatMap(values -> values.stream())
                .mapToDouble(Double::doubleValue)
                .sum();
    }
}
