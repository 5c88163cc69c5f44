package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Column;
import dev.binnacle.plugin.generator.grafana.model.Dashboard;
import dev.binnacle.plugin.generator.grafana.model.Link;
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

/** Two versions of a service beside each other: whether the canary may go on. */
final class VersionsBoard {
    private final Names names;
    private final LabelValues namespace;
    private final LabelValues service;
    private final LabelValues first;
    private final LabelValues second;
    private final Traffic both;

    private VersionsBoard(Names names) {
        this.names = names;
        this.namespace = Choices.namespace(names);
        this.service = Choices.service(names, namespace);
        this.first = version("version_a", "Version A", Choice.FIRST);
        this.second = version("version_b", "Version B", Choice.LAST);
        this.both = Traffic.chosen(names, service.in("destination_service"));
    }

    static Dashboard of(Names names) {
        return new VersionsBoard(names).dashboard();
    }

    private LabelValues version(String name, String label, Choice choice) {
        String series = names.workload(
                        "istio_requests",
                        List.of(service.in("destination_service"), "destination_version!=\"unknown\""))
                .toString();
        return new LabelValues(name, label, series, "destination_version", choice);
    }

    private Traffic of(LabelValues version) {
        return both.where(version.in("destination_version"));
    }

    private Dashboard dashboard() {
        return new Dashboard(
                names.uid(Board.VERSIONS),
                "Versions side by side",
                "Is version B as good as version A, by the same minutes of traffic?",
                List.of(Choices.SOURCE, namespace, service, first, second, Choices.REPORTER),
                List.of(
                        Row.of("The verdict", share(), enough(), moreFailures(), slower()),
                        Row.of("Beside each other", requests(), failed(), middle(), slow(), slowest(), bytes()),
                        Row.of("What callers of each get", answersOf("A", first), answersOf("B", second)),
                        Row.of("All versions", all())));
    }

    private Panel share() {
        return Numbers.OF_FOUR.of(
                "Share of B",
                "Which part of the service's requests version B gets. It should be near the weight in the VirtualService; with few"
                        + " requests it wanders.",
                Unit.SHARE,
                Threshold.neutral(),
                "%s / (%s > 0)".formatted(of(second).rate(), both.rate()));
    }

    private Panel enough() {
        return Numbers.OF_FOUR.of(
                "Requests to B",
                "How many requests version B has answered in the time span above. Below a hundred say nothing about a failure in"
                        + " a hundred: wait.",
                Unit.NUMBER,
                Threshold.falling(100, 1000),
                "sum_over_time((%s)[$__range:30s]) * 30".formatted(of(second).rate()));
    }

    private Panel moreFailures() {
        return Numbers.OF_FOUR.of(
                "B fails more by",
                "The failed share of B minus that of A, by the same minutes. Above one point: send less to B, and look at what it"
                        + " answers below.",
                Unit.BALANCE,
                Threshold.rising(0.005, 0.01),
                "(%s) - (%s)".formatted(of(second).failedShare(), of(first).failedShare()));
    }

    private Panel slower() {
        return Numbers.OF_FOUR.of(
                "B takes so many times as long",
                "The p95 of B over that of A. A version that has just started is slow for a minute: its JVM and its pools warm up.",
                Unit.TIMES,
                Threshold.rising(1.2, 2),
                "(%s) / (%s > 0)".formatted(of(second).quantile(95), of(first).quantile(95)));
    }

    private Panel requests() {
        return pair(
                "Requests by version",
                "Requests a second to each.",
                Unit.REQUESTS,
                of(first).rate(),
                of(second).rate());
    }

    private Panel failed() {
        return pair(
                "Failed by version",
                "The failed share of each. Seen by callers it counts pods that could not be reached; by servers, it does not.",
                Unit.SHARE,
                of(first).failedShare(),
                of(second).failedShare());
    }

    private Panel bytes() {
        return pair(
                "Answers' size",
                "Bytes of an answer, headers included. A version that answers less may leave something out.",
                Unit.BYTES,
                size(first),
                size(second));
    }

    private Panel middle() {
        return latency("p50 by version", 50, "Half of the requests take longer.");
    }

    private Panel slow() {
        return latency("p95 by version", 95, "One request of twenty takes longer.");
    }

    private Panel slowest() {
        return latency("p99 by version", 99, "One request of a hundred takes longer.");
    }

    private Panel latency(String title, int percent, String means) {
        return pair(
                title,
                means + " B above A from its first minute on is B; both at once is what they share.",
                Unit.MILLISECONDS,
                of(first).quantile(percent),
                of(second).quantile(percent));
    }

    private Panel pair(String title, String description, Unit unit, String a, String b) {
        return new Panel(
                title,
                description,
                Size.THIRD,
                Lines.plain(),
                unit,
                Query.named("A: $version_a", Tone.CALLERS, a),
                Query.named("B: $version_b", Tone.WARN, b));
    }

    private String size(LabelValues version) {
        var matchers = of(version).matchers();
        return "sum(%s) / (sum(%s) > 0)"
                .formatted(
                        names.workload("istio_response_bytes_sum", matchers),
                        names.workload("istio_response_bytes_count", matchers));
    }

    private Panel answersOf(String name, LabelValues version) {
        return new Panel(
                "How requests to " + name + " end",
                "Every request to version " + name + " once, by how it ended.",
                Size.HALF,
                Lines.stacked(),
                Unit.REQUESTS,
                of(version).answers().toArray(Query[]::new));
    }

    private Panel all() {
        String[] by = {"destination_workload", "destination_version"};
        return new Panel(
                "Versions of the service",
                "All that answer, in numbers. unknown: nobody was reached.",
                new Size(Size.COLUMNS, 6),
                new Columns(
                        List.of(
                                Column.label("destination_version", "Version"),
                                Column.label(
                                        "destination_workload",
                                        "Workload",
                                        Link.to(names.uid(Board.WORKLOAD), "This workload", "workload")
                                                .keeping("namespace")),
                                Column.value("Requests", Unit.REQUESTS),
                                Column.value("Failed", Unit.SHARE, Threshold.rising(0.01, 0.05)),
                                Column.value("p50", Unit.MILLISECONDS),
                                Column.value("p95", Unit.MILLISECONDS),
                                Column.value("p99", Unit.MILLISECONDS)),
                        Sorting.smallestFirst("Version")),
                Unit.NUMBER,
                Query.of(both.rate(by)),
                Query.of(both.failedShare(by)),
                Query.of(both.quantile(50, by)),
                Query.of(both.quantile(95, by)),
                Query.of(both.quantile(99, by)));
    }
}
