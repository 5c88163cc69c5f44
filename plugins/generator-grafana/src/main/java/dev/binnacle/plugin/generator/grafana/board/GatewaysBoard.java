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
import dev.binnacle.plugin.generator.grafana.model.Variable.Choice;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import dev.binnacle.plugin.generator.grafana.model.View.Sorting;
import java.util.List;

/** Where requests come into the mesh and go out of it. */
final class GatewaysBoard {
    private static final String GATEWAYS = ".*gateway.*";
    private static final String OUTSIDE = "destination_service!~\".+[.]svc[.].+|unknown\"";
    private static final String NOBODY = "destination_service_name=~\"BlackHoleCluster|PassthroughCluster\"";

    private final Names names;
    private final LabelValues gateway;
    private final Traffic edge;
    private final Traffic outside;

    private GatewaysBoard(Names names) {
        this.names = names;
        this.gateway = new LabelValues(
                "gateway",
                "Gateway",
                names.workload(
                                "istio_requests",
                                List.of("reporter=\"source\"", "source_workload=~\"" + GATEWAYS + "\""))
                        .toString(),
                "source_workload",
                Choice.ALL);
        this.edge = Traffic.felt(names, "source_workload=~\"" + GATEWAYS + "\"", gateway.in("source_workload"));
        this.outside = Traffic.felt(names, OUTSIDE);
    }

    static Dashboard of(Names names) {
        return new GatewaysBoard(names).dashboard();
    }

    private Dashboard dashboard() {
        return new Dashboard(
                names.uid(Board.GATEWAYS),
                "Gateways and egress",
                "Do requests get in, and does what the mesh asks outside get out?",
                List.of(Choices.SOURCE, gateway),
                List.of(
                        Row.of("At the edge", requests(), failing(), slow(), noRoute(), live(), expiry()),
                        Row.of("What comes in", answers(), failed(), latency(), services()),
                        Row.of("What goes out", hosts(), nobody()),
                        Row.folded("Certificates", certificates())));
    }

    private Panel requests() {
        return Numbers.OF_SIX.of(
                "Requests at the edge",
                "What gateways pass on in a second.",
                Unit.REQUESTS,
                Threshold.neutral(),
                edge.rate());
    }

    private Panel failing() {
        return Numbers.OF_SIX.of(
                "Failed at the edge",
                "The share of them that failed: what users see of all that is behind.",
                Unit.SHARE,
                Threshold.rising(0.01, 0.05),
                edge.failedShare());
    }

    private Panel slow() {
        return Numbers.OF_SIX.of(
                "Slow at the edge (p95)",
                "One request of twenty takes longer than this, with everything behind the gateway.",
                Unit.MILLISECONDS,
                Threshold.rising(1000, 2500),
                edge.quantile(95));
    }

    private Panel noRoute() {
        return Numbers.OF_SIX.of(
                "Without a route",
                "Requests a second that a gateway answers with 404 by itself (NR): a host or path that no VirtualService knows."
                        + " A few are robots; many are a mistake in the last change.",
                Unit.REQUESTS,
                Threshold.rising(0.1, 1),
                "sum(%s) or 0 * %s"
                        .formatted(edge.requests().matches("response_flags", "(.*,)?NR(,.*)?"), edge.rate()));
    }

    private Panel live() {
        return Numbers.OF_SIX.of(
                "Gateways not live",
                "Gateways whose Envoy starts, drains or does not answer.",
                Unit.NUMBER,
                Threshold.none(1),
                Counts.of("binnacle_envoy_live{workload=~\"" + GATEWAYS + "\"}", "== 0"));
    }

    private Panel expiry() {
        return Numbers.OF_SIX.of(
                "Next certificate ends in",
                "The certificate that ends first, of those in use anywhere. Certificates of pods live for a day and are replaced"
                        + " at half of it.",
                Unit.SPAN,
                Threshold.falling(600, 3600),
                "min(binnacle_envoy_certificate_expiry_timestamp_seconds - time())");
    }

    private Panel answers() {
        return new Panel(
                "How requests at the edge end",
                "Every request once, by how it ended for whoever sent it.",
                Size.THIRD,
                Lines.stacked(),
                Unit.REQUESTS,
                edge.answers().toArray(Query[]::new));
    }

    private Panel failed() {
        return new Panel(
                "Failed by service",
                "Which service behind the gateways fails. All of them at once: the gateway itself, or its network.",
                Size.THIRD,
                Lines.limited(Threshold.rising(0.01, 0.05)),
                Unit.SHARE,
                Query.each("{{destination_service}}", edge.failedShare("destination_service")));
    }

    private Panel latency() {
        return new Panel(
                "Latency at the edge",
                "How long users wait, without their own network.",
                Size.THIRD,
                Lines.plain(),
                Unit.MILLISECONDS,
                edge.quantiles().toArray(Query[]::new));
    }

    private Panel services() {
        return RequestTable.of(
                "What gateways pass on",
                "Each service that is open to the outside, the worst first.",
                new Size(Size.COLUMNS, 6),
                edge,
                Column.label("source_workload", "Gateway"),
                Column.label(
                        "destination_service",
                        "Service",
                        Link.to(names.uid(Board.SERVICE), "This service", "service")));
    }

    private Panel hosts() {
        return RequestTable.of(
                        "Hosts outside",
                        "Who calls which host of a ServiceEntry, and with what success. HTTPS that a service speaks itself passes as TCP and is"
                                + " not here: let the mesh originate it, and it is.",
                        Size.HALF,
                        outside,
                        Column.label("source_workload", "Caller"),
                        Column.label(
                                "destination_service",
                                "Host",
                                Link.to(names.uid(Board.SERVICE), "This host", "service")))
                .needing(Needs.OUTSIDE);
    }

    private Panel nobody() {
        return new Panel(
                        "Hosts that no resource knows",
                        "Passed through or refused, as the mesh's outboundTrafficPolicy says. Write a ServiceEntry for what is meant; what"
                                + " is not may be somebody who wants to get data out.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.REQUESTS,
                        Query.each(
                                "{{source_workload}} ({{destination_service_name}})",
                                "sum by (source_workload, destination_service_name)"
                                        + " (rate(istio_requests_total{reporter=\"source\"," + NOBODY
                                        + "}[$__rate_interval])) > 0"))
                .needing(Needs.OUTSIDE);
    }

    private Panel certificates() {
        return new Panel(
                "Certificates in use",
                "What each Envoy really uses, the first to end on top: workload is a pod's own, root is what it trusts, credential comes"
                        + " from a Secret that somebody has to replace.",
                Size.WIDE,
                new Columns(
                        List.of(
                                Column.label("namespace", "Namespace"),
                                Column.label("pod", "Pod"),
                                Column.label("kind", "Kind"),
                                Column.value("Ends in", Unit.SPAN, Threshold.falling(600, 3600))),
                        Sorting.smallestFirst("Ends in")),
                Unit.NUMBER,
                Query.of("bottomk(50, min by (namespace, pod, kind)"
                        + " (binnacle_envoy_certificate_expiry_timestamp_seconds - time()))"));
    }
}
