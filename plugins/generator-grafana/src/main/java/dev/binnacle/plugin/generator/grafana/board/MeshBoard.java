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
import dev.binnacle.plugin.generator.grafana.model.Unit;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import dev.binnacle.plugin.generator.grafana.model.View.Sorting;
import java.util.List;

/** The page that somebody who was woken opens first. */
final class MeshBoard {
    private static final int MOST = 10;

    private final Names names;
    private final LabelValues namespace;
    private final Traffic felt;

    private MeshBoard(Names names) {
        this.names = names;
        this.namespace = Choices.namespace(names);
        this.felt = Traffic.felt(names, Choices.inNamespace(namespace));
    }

    static Dashboard of(Names names) {
        return new MeshBoard(names).dashboard();
    }

    private Dashboard dashboard() {
        return new Dashboard(
                names.uid(Board.MESH),
                "Mesh overview",
                "What hurts, and where? Start here.",
                List.of(Choices.SOURCE, namespace),
                List.of(
                        Row.of("What hurts", failing(), requests(), slowest(), burning(), firing(), unseen()),
                        Row.of("Where", failingServices(), answers(), services()),
                        Row.folded("Between whom", edges(), encrypted(), plaintext())));
    }

    private Panel failing() {
        return Numbers.OF_SIX.of(
                "Requests that failed",
                "The share of requests that failed as their callers felt it: 5xx, gRPC errors, answers that broke off,"
                        + " missing routes, and clients that gave up. From 1 % on look below for the service.",
                Unit.SHARE,
                Threshold.rising(0.01, 0.05),
                felt.failedShare());
    }

    private Panel requests() {
        return Numbers.OF_SIX.of(
                "Requests",
                "What callers and gateways send in a second. A sudden fall is an outage in front of the mesh, or a caller"
                        + " that has died.",
                Unit.REQUESTS,
                Threshold.neutral(),
                felt.rate());
    }

    private Panel slowest() {
        return Numbers.OF_SIX.of(
                "Slowest of a hundred",
                "One request of a hundred takes longer than this (p99), retries and waiting included.",
                Unit.MILLISECONDS,
                Threshold.rising(1000, 2500),
                felt.quantile(99));
    }

    private Panel burning() {
        return Numbers.OF_SIX.of(
                "Objectives burning",
                "Service level objectives whose error budget goes faster than it may, over the last hour. The dashboard"
                        + " SLOs says which.",
                Unit.NUMBER,
                Threshold.none(1),
                Counts.of("slo:burn_rate:rate1h", "> 1"));
    }

    private Panel firing() {
        return Numbers.OF_SIX.of(
                "Alerts firing",
                "Critical and other alerts that fire now. Each has a runbook; Alertmanager has them all.",
                Unit.NUMBER,
                Threshold.rising(1, 5),
                "count(ALERTS{alertstate=\"firing\"}) or vector(0)");
    }

    private Panel unseen() {
        return Numbers.OF_SIX.of(
                "Targets not seen",
                "Pods and programs whose metrics Prometheus cannot read: whatever they do is missing from these pages.",
                Unit.NUMBER,
                Threshold.rising(1, 3),
                Counts.of("up", "== 0"));
    }

    private Panel failingServices() {
        return new Panel(
                "Failing services",
                "The services whose callers feel most failures. One line alone: look at that service. All at once: look at"
                        + " what they have in common, which is the control plane, a node, or the database behind them.",
                Size.HALF,
                Lines.limited(Threshold.rising(0.01, 0.05)),
                Unit.SHARE,
                Query.each(
                        "{{destination_service}}",
                        "topk(%d, 1 - %s)"
                                .formatted(
                                        MOST,
                                        names.serviceSuccess(
                                                List.of("reporter=\"source\"", Choices.inNamespace(namespace))))));
    }

    private Panel answers() {
        return new Panel(
                "How requests end",
                "Every request once, by how it ended for its caller. Green is fine, orange is the caller's own fault; the"
                        + " others are failures.",
                Size.HALF,
                Lines.stacked(),
                Unit.REQUESTS,
                felt.answers().toArray(Query[]::new));
    }

    private Panel services() {
        var matchers = List.of("reporter=\"source\"", Choices.inNamespace(namespace));
        return new Panel(
                "Services",
                "Every service that is called, the worst first. A click on its name opens it.",
                new Size(Size.COLUMNS, 9),
                new Columns(
                        List.of(
                                Column.label(
                                        "destination_service",
                                        "Service",
                                        Link.to(names.uid(Board.SERVICE), "This service", "service")
                                                .keeping("namespace")),
                                Column.value("Requests", Unit.REQUESTS),
                                Column.value("Failed", Unit.SHARE, Threshold.rising(0.01, 0.05)),
                                Column.value("p50", Unit.MILLISECONDS),
                                Column.value("p95", Unit.MILLISECONDS),
                                Column.value("p99", Unit.MILLISECONDS, Threshold.rising(1000, 2500))),
                        Sorting.largestFirst("Failed")),
                Unit.NUMBER,
                Query.of("sum by (destination_service) (%s)".formatted(names.service("istio_requests", matchers))),
                Query.of("max by (destination_service) (1 - %s)".formatted(names.serviceSuccess(matchers))),
                Query.of("max by (destination_service) (%s)".formatted(names.serviceQuantile(50, matchers))),
                Query.of("max by (destination_service) (%s)".formatted(names.serviceQuantile(95, matchers))),
                Query.of("max by (destination_service) (%s)".formatted(names.serviceQuantile(99, matchers))));
    }

    private Panel edges() {
        return RequestTable.of(
                "Who calls whom",
                "Pairs that fail most, as the caller felt it. One caller alone: look at its configuration. Every caller of a"
                        + " service: look at the service.",
                Size.WIDE,
                felt,
                Column.label("source_workload", "Caller"),
                Column.label("source_workload_namespace", "Caller's namespace"),
                Column.label(
                        "destination_service",
                        "Service",
                        Link.to(names.uid(Board.SERVICE), "This service", "service")));
    }

    private Panel encrypted() {
        String all = "rate(istio_requests_total{reporter=\"destination\",%s}[$__rate_interval])"
                .formatted(Choices.inNamespace(namespace));
        String mutual = all.replace("}[", ",connection_security_policy=\"mutual_tls\"}[");
        return new Panel(
                "Encrypted requests",
                "The share of requests that came by mutual TLS, as the servers' proxies know it: callers' proxies do not. What is"
                        + " missing to 100 % is beside.",
                Size.HALF,
                Lines.plain(),
                Unit.SHARE,
                Query.each("by mutual TLS", "sum(%s) / (sum(%s) > 0)".formatted(mutual, all)));
    }

    private Panel plaintext() {
        return new Panel(
                        "Requests in plain text",
                        "Who sends without mutual TLS to whom. Nobody knows who that really is: a client without a sidecar, or a"
                                + " DestinationRule that switches it off.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.REQUESTS,
                        Query.each(
                                "{{source_workload}} → {{destination_workload}}",
                                "sum by (source_workload, destination_workload)"
                                        + " (rate(istio_requests_total{reporter=\"destination\",connection_security_policy=\"none\",%s}[$__rate_interval])) > 0"
                                                .formatted(Choices.inNamespace(namespace))))
                .needing(Needs.FAILURE);
    }
}
