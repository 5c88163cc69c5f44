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
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.View;
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import java.util.List;

/** One service: what callers feel, what its servers say, and between whom the difference arises. */
final class ServiceBoard {
    private final Names names;
    private final LabelValues namespace;
    private final LabelValues service;
    private final Traffic chosen;
    private final Traffic felt;
    private final Traffic served;

    private ServiceBoard(Names names) {
        this.names = names;
        this.namespace = Choices.namespace(names);
        this.service = Choices.service(names, namespace);
        String only = service.in("destination_service");
        this.chosen = Traffic.chosen(names, only);
        this.felt = Traffic.felt(names, only);
        this.served = Traffic.served(names, only);
    }

    static Dashboard of(Names names) {
        return new ServiceBoard(names).dashboard();
    }

    private Dashboard dashboard() {
        return new Dashboard(
                names.uid(Board.SERVICE),
                "Service",
                "How does one service do, for its callers and by its own account?",
                List.of(Choices.SOURCE, namespace, service, Choices.REPORTER),
                List.of(
                        Row.of("How it does", requests(), failing(), middle(), slow(), slowest(), attempts()),
                        Row.of("What happens", answers(), twoSides(), latency(), remarks()),
                        Row.of("Between whom", callers(), workloads()),
                        Row.folded("Latency in full", histogram()),
                        Row.folded("Connections by TCP", bytes(), connections())));
    }

    private Panel requests() {
        return Numbers.OF_SIX.of(
                "Requests",
                "Requests a second to this service, as the chosen side counted them.",
                Unit.REQUESTS,
                Threshold.neutral(),
                chosen.rate());
    }

    private Panel failing() {
        return Numbers.OF_SIX.of(
                "Failed",
                "The share of its requests that failed. Servers do not see what never reached them: compare both sides below.",
                Unit.SHARE,
                Threshold.rising(0.01, 0.05),
                chosen.failedShare());
    }

    private Panel middle() {
        return quantile("Half (p50)", 50, "Half of the requests take longer than this.", 250, 1000);
    }

    private Panel slow() {
        return quantile("One of twenty (p95)", 95, "One request of twenty takes longer than this.", 500, 2500);
    }

    private Panel slowest() {
        return quantile("One of a hundred (p99)", 99, "One request of a hundred takes longer than this.", 1000, 2500);
    }

    private Panel quantile(String title, int percent, String means, int warn, int bad) {
        return Numbers.OF_SIX.of(
                title,
                means
                        + " Callers' numbers include retries and waiting, servers' do not: a difference is made between them.",
                Unit.MILLISECONDS,
                Threshold.rising(warn, bad),
                chosen.quantile(percent));
    }

    private Panel attempts() {
        return Numbers.OF_SIX.of(
                "Attempts for a request",
                "How often servers were asked for each request of a caller. Above 1 proxies repeat what failed; from 1.5 on"
                        + " retries themselves may keep the service down. Callers without a sidecar raise it, too.",
                Unit.TIMES,
                Threshold.rising(1.1, 1.5),
                "%s / (%s > 0)".formatted(served.rate(), felt.rate()));
    }

    private Panel answers() {
        return new Panel(
                "How requests end",
                "Every request once, by how it ended for the chosen side. Green is fine, orange is the caller's own fault; the"
                        + " others are failures.",
                Size.HALF,
                Lines.stacked(),
                Unit.REQUESTS,
                chosen.answers().toArray(Query[]::new));
    }

    private Panel twoSides() {
        return new Panel(
                "Failed, as both sides saw it",
                "Callers above servers: requests fail on the way (no healthy pod, a breaker, a timeout, a route). Both alike: the"
                        + " service fails. Servers above callers: retries hide it, for now.",
                Size.HALF,
                Lines.limited(Threshold.rising(0.01, 0.05)),
                Unit.SHARE,
                Query.named("callers", Tone.CALLERS, felt.failedShare()),
                Query.named("servers", Tone.SERVERS, served.failedShare()));
    }

    private Panel latency() {
        return new Panel(
                "Latency",
                "How long requests took for the chosen side. Only the upper lines rise: some pods, or some requests. All rise:"
                        + " the service, or what it waits for.",
                Size.HALF,
                Lines.plain(),
                Unit.MILLISECONDS,
                chosen.quantiles().toArray(Query[]::new));
    }

    private Panel remarks() {
        return new Panel(
                        "What the proxies say",
                        "Envoy's response flags. UF and UH: nobody to connect to. UO: a breaker. UT: too slow. UC and UPE: broken off. URX:"
                                + " retries did not help. NR and NC: no route. DC: the client left. FI and DI: injected on purpose.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.REQUESTS,
                        Query.each("{{response_flags}}", chosen.flags()))
                .needing(Needs.FAILURE);
    }

    private Panel callers() {
        return RequestTable.of(
                "Callers",
                "Who calls it, and what they feel. One caller alone fails: look at what it asks for. All fail: it is the service.",
                Size.HALF,
                chosen,
                Column.label("source_workload", "Caller", toWorkload("source_workload_namespace")),
                Column.label("source_workload_namespace", "Namespace"));
    }

    private Panel workloads() {
        return RequestTable.of(
                "Workloads that serve it",
                "Who answers. One version alone fails: compare it with the other (click on it). unknown: nobody was reached.",
                Size.HALF,
                chosen,
                Column.label("destination_workload", "Workload", toWorkload("destination_workload_namespace")),
                Column.label("destination_workload_namespace", "Namespace"),
                Column.label(
                        "destination_version",
                        "Version",
                        Link.to(names.uid(Board.VERSIONS), "Compare this version", "version_b")
                                .keeping("service")
                                .keeping("namespace")));
    }

    private Link toWorkload(String namespaceColumn) {
        return Link.to(names.uid(Board.WORKLOAD), "This workload", "workload").with("namespace", namespaceColumn);
    }

    private Panel histogram() {
        return new Panel(
                "Latency of all requests",
                "The lighter, the more requests took that long. Two bands are two kinds of requests, or a cache; a band that moves up is"
                        + " a queue that grows.",
                Size.WIDE,
                new View.Heat(),
                Unit.MILLISECONDS,
                Query.each("{{le}}", chosen.buckets()));
    }

    private Panel bytes() {
        return new Panel(
                        "Bytes",
                        "What went to and from the service by TCP. Envoy reports a connection when it ends, unless it is Istio's own.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.BYTES_PER_SECOND,
                        Query.named("received", Tone.CALLERS, chosen.tcp("received_bytes")),
                        Query.named("sent", Tone.SERVERS, chosen.tcp("sent_bytes")))
                .needing(Needs.TCP);
    }

    private Panel connections() {
        return new Panel(
                        "Connections",
                        "Connections that opened and closed in a second. Many of both: a client without a pool. More opened than closed for"
                                + " long: connections leak.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.EVENTS,
                        Query.named("opened", Tone.CALLERS, chosen.tcp("connections_opened")),
                        Query.named("closed", Tone.SERVERS, chosen.tcp("connections_closed")))
                .needing(Needs.TCP);
    }
}
