package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.promql.Selector;
import dev.binnacle.prometheus.rules.AlertRule;
import dev.binnacle.prometheus.rules.Rule;
import dev.binnacle.prometheus.rules.SloSeries;
import dev.binnacle.prometheus.rules.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who is told when a budget burns too fast: two windows each (facts F6), and never for fewer bad events than the objective's author
 * has called few.
 */
record SloAlerts(Slo slo, Duration interval) {
    /** Returns an alert for each severity that has a pace that is possible. */
    List<Rule> rules() {
        var rules = new ArrayList<Rule>();
        for (Severity severity : Severity.values()) {
            var paces = paces().stream()
                    .filter(pace -> pace.severity() == severity)
                    .filter(this::canFire)
                    .toList();
            if (!paces.isEmpty()) {
                rules.add(alert(severity, paces));
            }
        }
        return rules;
    }

    /** Says which paces no traffic could reach, and why; empty when all can be. */
    String leftOut() {
        String left = paces().stream()
                .filter(pace -> !canFire(pace))
                .map(pace -> Durations.text(pace.longWindow()) + "/" + Durations.text(pace.shortWindow()))
                .collect(Collectors.joining(", "));
        return left.isEmpty() ? "" : " No alert by " + left + ": if everything failed the budget would burn slower.";
    }

    private List<Pace> paces() {
        return slo.period().paces();
    }

    private boolean canFire(Pace pace) {
        return pace.canFire(slo.allowed(), slo.period().duration());
    }

    private AlertRule alert(Severity severity, List<Pace> paces) {
        String expression = paces.stream().map(this::condition).collect(Collectors.joining("\nor\n"));
        var labels = new TreeMap<String, String>();
        slo.labels().forEach((name, value) -> labels.put(name, Template.literal(value)));
        // Every objective's alert has the same name: these tell Prometheus' own checks that they are not the same.
        labels.put("slo", slo.name());
        labels.put("destination_service", slo.host());
        labels.put("severity", severity.name().toLowerCase(Locale.ROOT));
        return new AlertRule(severity.alert(), expression, Duration.ZERO, labels, texts(paces.getFirst()));
    }

    private String condition(Pace pace) {
        String threshold =
                pace.threshold(slo.allowed(), slo.period().duration()).toPlainString();
        String few = "sum_over_time(" + slo.series(SloSeries.BAD) + "[" + Durations.text(pace.longWindow()) + "]) * "
                + interval.toSeconds() + " >= " + slo.fewest();
        return "(\n  " + slo.series(SloSeries.ratio(pace.longWindow())) + " > " + threshold + "\n  and\n  "
                + slo.series(SloSeries.ratio(pace.shortWindow())) + " > " + threshold + "\n  and\n  " + few + "\n)";
    }

    private Map<String, String> texts(Pace fastest) {
        String which = slo.per().isEmpty() ? "" : " ({{ $labels." + slo.per() + " }})";
        String trouble = Template.literal(slo.trouble() + scope());
        return Map.of(
                "summary",
                Template.literal(slo.title()) + which + ": {{ $value | humanizePercentage }} of the events are bad, "
                        + slo.allowed().movePointRight(2).stripTrailingZeros().toPlainString() + "% may be",
                "description",
                trouble + which + ". Of the budget for " + slo.period().days() + " days "
                        + ask(
                                SloSeries.REMAINING,
                                "{{ if gt (. | first | value) 0.0 }}{{ . | first | value | humanizePercentage }} is left; at this"
                                        + " pace it is gone in "
                                        + ask(
                                                SloSeries.EXHAUSTED,
                                                "{{ . | first | value | humanizeDuration }}",
                                                "a while")
                                        + "{{ else }}nothing is left{{ end }}",
                                "an unknown part is left")
                        + ".",
                "runbook_url",
                "docs/runbooks/" + (fastest.severity().alert()) + ".md");
    }

    private String scope() {
        return slo.scope().isEmpty()
                ? ""
                : slo.scope().entrySet().stream()
                        .map(label -> label.getKey() + " " + label.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** A template that shows another series of this objective. */
    private String ask(String series, String shown, String otherwise) {
        String query = slo.per().isEmpty()
                ? "query " + Selector.quoted(slo.series(series))
                : "printf " + Selector.quoted(series + "{slo=" + Selector.quoted(slo.name()) + "," + slo.per() + "=%q}")
                        + " $labels."
                        + slo.per() + " | query";
        return "{{ with " + query + " }}" + shown + "{{ else }}" + otherwise + "{{ end }}";
    }

    /** Labels that alerts have of themselves. */
    static final List<String> RESERVED = Arrays.asList("alertname", "severity", "slo", "destination_service");
}
