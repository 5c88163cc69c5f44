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
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import java.util.List;

/** One workload: who calls it and how it answers, whom it calls and how they answer, and its proxies. */
final class WorkloadBoard {
    private final Names names;
    private final LabelValues namespace;
    private final LabelValues workload;
    private final Traffic in;
    private final Traffic out;

    private WorkloadBoard(Names names) {
        this.names = names;
        this.namespace = Choices.namespace(names);
        String inNamespace = namespace.in("destination_workload_namespace");
        this.workload = new LabelValues(
                "workload",
                "Workload",
                names.workload("istio_requests", List.of("reporter=\"destination\"", inNamespace))
                        .toString(),
                "destination_workload",
                Choice.FIRST);
        this.in = Traffic.served(names, inNamespace, workload.in("destination_workload"));
        this.out = Traffic.felt(names, namespace.in("source_workload_namespace"), workload.in("source_workload"));
    }

    static Dashboard of(Names names) {
        return new WorkloadBoard(names).dashboard();
    }

    private Dashboard dashboard() {
        return new Dashboard(
                names.uid(Board.WORKLOAD),
                "Workload",
                "Is it this workload, or one that it calls?",
                List.of(Choices.SOURCE, namespace, workload),
                List.of(
                        Row.of("In and out", answered(), failedIn(), slowIn(), asked(), failedOut(), slowOut()),
                        Row.of("What it answers", answers(), latency(), callers()),
                        Row.of("What it is answered", ends(), dependencies()),
                        Row.of("Its proxies", inStep(), memory())));
    }

    private Panel answered() {
        return Numbers.OF_SIX.of(
                "Answers", "Requests a second that arrive at its pods.", Unit.REQUESTS, Threshold.neutral(), in.rate());
    }

    private Panel failedIn() {
        return Numbers.OF_SIX.of(
                "Failed answers",
                "The share of them that failed, as its own proxies counted. If the one on the right is high as well, look"
                        + " there first.",
                Unit.SHARE,
                Threshold.rising(0.01, 0.05),
                in.failedShare());
    }

    private Panel slowIn() {
        return Numbers.OF_SIX.of(
                "Slow answers (p95)",
                "One answer of twenty takes longer than this, from the first byte of the request at its proxy.",
                Unit.MILLISECONDS,
                Threshold.rising(500, 2500),
                in.quantile(95));
    }

    private Panel asked() {
        return Numbers.OF_SIX.of(
                "Requests it sends",
                "Requests a second that it sends to others. Far more than it answers: it asks in a loop.",
                Unit.REQUESTS,
                Threshold.neutral(),
                out.rate());
    }

    private Panel failedOut() {
        return Numbers.OF_SIX.of(
                "Failed requests",
                "The share of what it asks of others that fails. Its own failures may only be theirs.",
                Unit.SHARE,
                Threshold.rising(0.01, 0.05),
                out.failedShare());
    }

    private Panel slowOut() {
        return Numbers.OF_SIX.of(
                "Slow requests (p95)",
                "One of twenty requests to others takes longer than this. Near the one on the left: it waits for them.",
                Unit.MILLISECONDS,
                Threshold.rising(500, 2500),
                out.quantile(95));
    }

    private Panel answers() {
        return new Panel(
                "How its answers end",
                "Every request that arrived, once, by how it ended.",
                Size.THIRD,
                Lines.stacked(),
                Unit.REQUESTS,
                in.answers().toArray(Query[]::new));
    }

    private Panel latency() {
        return new Panel(
                "How long it takes",
                "Answers of its pods, without what callers wait before and around it.",
                Size.THIRD,
                Lines.plain(),
                Unit.MILLISECONDS,
                in.quantiles().toArray(Query[]::new));
    }

    private Panel callers() {
        return new Panel(
                "Who calls it",
                "Requests by caller. unknown is a caller without a sidecar.",
                Size.THIRD,
                Lines.plain(),
                Unit.REQUESTS,
                Query.each("{{source_workload}}", in.rate("source_workload")));
    }

    private Panel ends() {
        return new Panel(
                "How its requests end",
                "Every request that it sent, once, by how it ended for it.",
                Size.HALF,
                Lines.stacked(),
                Unit.REQUESTS,
                out.answers().toArray(Query[]::new));
    }

    private Panel dependencies() {
        return RequestTable.of(
                "Whom it calls",
                "What it depends on, the worst first. A click opens the service.",
                Size.HALF,
                out,
                Column.label(
                        "destination_service",
                        "Service",
                        Link.to(names.uid(Board.SERVICE), "This service", "service")));
    }

    private Panel inStep() {
        String pods = List.of(namespace.in("namespace"), workload.in("workload"))
                .toString()
                .replaceAll("^\\[|\\]$", "");
        return new Panel(
                "Sidecars that do what they were told",
                "The share of its pods whose Envoy answers (up), hears from the control plane (connected) and has taken its"
                        + " configuration (in force). Below 100 %: the pod may follow yesterday's rules.",
                Size.HALF,
                Lines.plain(),
                Unit.SHARE,
                Query.named("up", Tone.OK, "avg(binnacle_envoy_up{%s})".formatted(pods)),
                Query.named(
                        "connected", Tone.CALLERS, "avg(binnacle_envoy_control_plane_connected{%s})".formatted(pods)),
                Query.named("in force", Tone.SERVERS, "1 - avg(binnacle_envoy_config_rejected{%s})".formatted(pods)));
    }

    private Panel memory() {
        return new Panel(
                "Sidecars' memory",
                "What each Envoy of the namespace has allocated. Growing for days: more configuration than it needs (a Sidecar"
                        + " resource limits it), or more label values.",
                Size.HALF,
                Lines.plain(),
                Unit.BYTES,
                Query.each(
                        "{{pod}}",
                        "topk(10, max by (pod) (envoy_server_memory_allocated{%s}))"
                                .formatted(namespace.in("namespace"))));
    }
}
