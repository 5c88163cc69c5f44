package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.rules.RecordingRule;
import dev.binnacle.prometheus.rules.Rule;
import dev.binnacle.prometheus.rules.RuleGroup;
import dev.binnacle.prometheus.rules.SloSeries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is recorded of one objective.
 *
 * <p>Events are recorded as rates of five minutes; longer windows sum those of good and bad events apart, so that an hour with much
 * traffic weighs more than one with little (facts F6: an average of ratios would not).
 */
final class SloRules {
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofHours(6);

    /** Long windows change slowly, and cost most. */
    private static final int SELDOM = 4;

    private final Slo slo;
    private final Duration interval;
    private final Map<String, String> labels;

    /**
     * Makes the rules of one.
     *
     * @param interval pause between two evaluations
     */
    SloRules(Slo slo, Duration interval) {
        this.slo = slo;
        this.interval = interval;
        labels = new TreeMap<>(slo.scope());
        labels.put(SloSeries.SLO, slo.name());
        labels.put("destination_service", slo.host());
    }

    /** Returns the objective's groups: events and short windows with the alerts, and long windows. */
    List<RuleGroup> groups() {
        var often = new ArrayList<Rule>();
        var seldom = new ArrayList<Rule>();
        var events = Indication.of(slo, slo.series(SloSeries.TOTAL));
        often.add(rule(SloSeries.TOTAL, events.total()));
        often.add(rule(SloSeries.BAD, events.bad()));
        for (Duration window : windows()) {
            (window.compareTo(LONG) > 0 ? seldom : often).add(errorRatio(window));
        }
        seldom.add(rule(SloSeries.OBJECTIVE, "vector(" + slo.objective().toPlainString() + ")"));
        seldom.add(rule(SloSeries.PERIOD, "vector(" + slo.period().duration().toSeconds() + ")"));
        seldom.add(rule(
                SloSeries.REMAINING,
                "1 - " + slo.series(SloSeries.ratio(slo.period().duration())) + " / "
                        + slo.allowed().toPlainString()));
        often.add(rule(
                SloSeries.BURN_RATE,
                slo.series(SloSeries.ratio(Duration.ofHours(1))) + " / "
                        + slo.allowed().toPlainString()));
        often.add(rule(
                SloSeries.EXHAUSTED,
                "clamp_min(" + slo.series(SloSeries.REMAINING) + ", 0) * "
                        + slo.period().duration().toSeconds() + "\n/\n(" + slo.series(SloSeries.BURN_RATE)
                        + " > 0)"));
        var alerts = new SloAlerts(slo, interval);
        often.addAll(alerts.rules());
        String comment = slo.title() + ": " + slo.indicator().id() + " of " + slo.host() + ", "
                + slo.objective().movePointRight(2).stripTrailingZeros().toPlainString() + " % over "
                + slo.period().days() + " days." + alerts.leftOut();
        return List.of(
                new RuleGroup("slo-" + slo.name(), oneLine(comment), interval, often),
                new RuleGroup("slo-" + slo.name() + "-long", "", interval.multipliedBy(SELDOM), seldom));
    }

    private RecordingRule errorRatio(Duration window) {
        return rule(
                SloSeries.ratio(window),
                over(window, SloSeries.BAD) + "\n/\n(" + over(window, SloSeries.TOTAL) + " > 0)");
    }

    private String over(Duration window, String events) {
        String own = slo.series(events);
        return window.equals(FIRST) ? own : "sum_over_time(" + own + "[" + Durations.text(window) + "])";
    }

    private SortedSet<Duration> windows() {
        var windows = new TreeSet<Duration>();
        slo.period().paces().forEach(pace -> {
            windows.add(pace.shortWindow());
            windows.add(pace.longWindow());
        });
        windows.add(slo.period().duration());
        return windows;
    }

    private RecordingRule rule(String record, String expression) {
        return new RecordingRule(record, expression, labels);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
