package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Column;
import dev.binnacle.plugin.generator.grafana.model.Dashboard;
import dev.binnacle.plugin.generator.grafana.model.Link;
import dev.binnacle.plugin.generator.grafana.model.Needs;
import dev.binnacle.plugin.generator.grafana.model.Panel;
import dev.binnacle.plugin.generator.grafana.model.Query;
import dev.binnacle.plugin.generator.grafana.model.Row;
import dev.binnacle.plugin.generator.grafana.model.Size;
import dev.binnacle.plugin.generator.grafana.model.Threshold;
import dev.binnacle.plugin.generator.grafana.model.Tone;
import dev.binnacle.plugin.generator.grafana.model.Unit;
import dev.binnacle.plugin.generator.grafana.model.Variable.Choice;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import dev.binnacle.plugin.generator.grafana.model.View.Sorting;
import java.util.List;

/** What was promised: how much of it is left, and how fast it goes. */
final class SloBoard {
    private static final LabelValues SLO =
            new LabelValues("slo", "Objective", "slo:objective:ratio", "slo", Choice.ALL);

    private SloBoard() {}

    static Dashboard of(Names names) {
        return new Dashboard(
                names.uid(Board.SLOS),
                "SLOs",
                "Which promise breaks, how fast, and when is its budget gone?",
                List.of(Choices.SOURCE, SLO),
                List.of(
                        Row.of("All objectives", burning(), fastest(), least(), objectives(names)),
                        Row.of("The chosen ones", burn(), remaining(), windows(), events())));
    }

    private static Panel burning() {
        return Numbers.OF_THREE.of(
                "Objectives that burn",
                "Objectives whose budget goes faster than it may, over the last hour.",
                Unit.NUMBER,
                Threshold.none(1),
                Counts.of("slo:burn_rate:rate1h", "> 1"));
    }

    private static Panel fastest() {
        return Numbers.OF_THREE.of(
                "Fastest burn",
                "So many times as fast as it may. At 1 the budget lasts exactly for the period; at 14 somebody is called.",
                Unit.TIMES,
                Threshold.rising(1, 6),
                "max(slo:burn_rate:rate1h)");
    }

    private static Panel least() {
        return Numbers.OF_THREE
                .of(
                        "Least budget left",
                        "Of the objective that has least. Below zero the promise is broken for this period: no risk until it recovers.",
                        Unit.BALANCE,
                        Threshold.falling(0, 0.25),
                        "min(slo:error_budget_remaining:ratio)")
                .needing(Needs.HISTORY);
    }

    private static Panel objectives(Names names) {
        String[] by = {"slo", "destination_service"};
        return new Panel(
                        "Objectives",
                        "Every objective with its service, the fastest burning first. Budget left counts over the whole period: after a bad day it"
                                + " stays low although all is well.",
                        new Size(Size.COLUMNS, 8),
                        new Columns(
                                List.of(
                                        Column.label(
                                                "slo",
                                                "Objective",
                                                Link.to(names.uid(Board.SLOS), "Only this one", "slo")),
                                        Column.label(
                                                "destination_service",
                                                "Service",
                                                Link.to(names.uid(Board.SERVICE), "This service", "service")),
                                        Column.value("Promised", Unit.SHARE),
                                        Column.value("Burns", Unit.TIMES, Threshold.rising(1, 6)),
                                        Column.value("Bad, last hour", Unit.SHARE),
                                        Column.value("Budget left", Unit.BALANCE, Threshold.falling(0, 0.25)),
                                        Column.value("Gone in", Unit.SPAN)),
                                Sorting.largestFirst("Burns")),
                        Unit.NUMBER,
                        Query.of(worst("max", "slo:objective:ratio", by)),
                        Query.of(worst("max", "slo:burn_rate:rate1h", by)),
                        Query.of(worst("max", "slo:error_ratio:rate1h", by)),
                        Query.of(worst("min", "slo:error_budget_remaining:ratio", by)),
                        Query.of(worst("min", "slo:error_budget_exhausted_in:seconds", by)))
                .needing(Needs.HISTORY);
    }

    private static String worst(String operator, String series, String... by) {
        return operator + " by (" + String.join(", ", by) + ") (" + series + ")";
    }

    private static Panel burn() {
        return new Panel(
                "How fast the budget goes",
                "Over the last hour. Above 1 too fast; the dashed lines are where somebody is told on the next day and where somebody is"
                        + " called.",
                Size.HALF,
                Lines.limited(Threshold.rising(1, 14.4)),
                Unit.TIMES,
                Query.each(LEGEND, "slo:burn_rate:rate1h{" + SLO.in("slo") + "}"));
    }

    private static final String LEGEND = "{{slo}} {{destination_version}}";

    private static Panel remaining() {
        return new Panel(
                        "Budget left",
                        "The part of the errors that may still happen in this period. A cliff is an outage, a slope is something that fails all the"
                                + " time.",
                        Size.HALF,
                        Lines.limited(Threshold.falling(0, 0.25)),
                        Unit.BALANCE,
                        Query.each(LEGEND, "slo:error_budget_remaining:ratio{" + SLO.in("slo") + "}"))
                .needing(Needs.HISTORY);
    }

    private static Panel windows() {
        return new Panel(
                "Bad events by window",
                "The worst chosen objective over five minutes, an hour, and six. Five minutes above an hour: it is getting worse; below: it is"
                        + " getting better.",
                Size.HALF,
                Lines.plain(),
                Unit.SHARE,
                Query.named("5 minutes", Tone.BAD, "max(slo:error_ratio:rate5m{" + SLO.in("slo") + "})"),
                Query.named("1 hour", Tone.WARN, "max(slo:error_ratio:rate1h{" + SLO.in("slo") + "})"),
                Query.named("6 hours", Tone.CALLERS, "max(slo:error_ratio:rate6h{" + SLO.in("slo") + "})"));
    }

    private static Panel events() {
        return new Panel(
                "Events",
                "What is counted, and what of it was bad. An objective without events promises nothing: look whether its service is"
                        + " called at all.",
                Size.HALF,
                Lines.plain(),
                Unit.EVENTS,
                Query.each(LEGEND, "slo:events:rate5m{" + SLO.in("slo") + "}"),
                Query.named("bad, all", Tone.BAD, "sum(slo:bad_events:rate5m{" + SLO.in("slo") + "})"));
    }
}
