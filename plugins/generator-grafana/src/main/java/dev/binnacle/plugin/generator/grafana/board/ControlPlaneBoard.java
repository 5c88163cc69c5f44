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
import dev.binnacle.plugin.generator.grafana.model.View.Columns;
import dev.binnacle.plugin.generator.grafana.model.View.Lines;
import dev.binnacle.plugin.generator.grafana.model.View.Sorting;
import java.util.List;

/** What configures the proxies: istiod in a cluster, the platform on one machine, under the same names. */
final class ControlPlaneBoard {
    private static final String OF_ISTIOD = "pod=~\"istiod-.*\"";

    private final Names names;

    private ControlPlaneBoard(Names names) {
        this.names = names;
    }

    static Dashboard of(Names names) {
        return new ControlPlaneBoard(names).dashboard();
    }

    private Dashboard dashboard() {
        return new Dashboard(
                names.uid(Board.CONTROL_PLANE),
                "Control plane",
                "Does every proxy follow the rules as they are written now? The first rows serve istiod and the platform's own"
                        + " xDS server; the last is istiod's alone.",
                List.of(Choices.SOURCE),
                List.of(
                        Row.of("In force", running(), proxies(), behind(), rejected(), slowest(), unsure()),
                        Row.of("On its way", pushes(), convergence(), work(), size()),
                        Row.of("Proxies", status(), perProxy()),
                        Row.folded("istiod alone (in a cluster)", memory(), cpu(), webhooks(), certificates())));
    }

    private Panel running() {
        return Numbers.OF_SIX.of(
                "Control planes",
                "How many run. None: proxies go on with what they have, and hear of no pod that comes or goes.",
                Unit.NUMBER,
                Threshold.falling(1, 1),
                "count(pilot_info) or vector(0)");
    }

    private Panel proxies() {
        return Numbers.OF_SIX.of(
                "Proxies connected",
                "Sidecars and gateways that are configured. It should be the number of pods with a sidecar.",
                Unit.NUMBER,
                Threshold.falling(1, 1),
                "sum(pilot_xds)");
    }

    private Panel behind() {
        return Numbers.OF_SIX.of(
                "Proxies behind",
                "Proxies that have not answered their last update. For seconds after a change that is as it should be.",
                Unit.NUMBER,
                Threshold.rising(1, 5),
                Counts.of("max by (namespace, pod) (istiod_proxy_unacknowledged_seconds)", "> 10"));
    }

    private Panel rejected() {
        return Numbers.OF_SIX.of(
                "Updates refused",
                "Updates that proxies refused in the time span above. ./binnacle check, or istioctl proxy-status, says which and why.",
                Unit.NUMBER,
                Threshold.none(1),
                Counts.grown("pilot_total_xds_rejects", "pilot_info"));
    }

    private Panel slowest() {
        return Numbers.OF_SIX.of(
                "A change is everywhere after",
                "In 99 of 100 cases (p99), from the change to the last proxy. Above some seconds canaries and new pods get other"
                        + " shares than they were given.",
                Unit.SECONDS,
                Threshold.rising(2, 10),
                "histogram_quantile(0.99, sum by (le) (rate(pilot_proxy_convergence_time_bucket[$__range]))) >= 0");
    }

    private Panel unsure() {
        return Numbers.OF_SIX.of(
                "Envoys that refuse it",
                "Envoys that say themselves that they refused their last configuration, whoever sent it.",
                Unit.NUMBER,
                Threshold.none(1),
                Counts.of("max by (namespace, pod) (binnacle_envoy_config_rejected)", "== 1"));
    }

    private Panel pushes() {
        return new Panel(
                "Pushes",
                "Updates sent a second, by kind: endpoints when pods come and go, routes and clusters when somebody changes rules."
                        + " Never quiet: something changes all the time, often a label or an annotation.",
                Size.HALF,
                Lines.stacked(),
                Unit.EVENTS,
                Query.each("{{type}}", "sum by (type) (rate(pilot_xds_pushes[$__rate_interval]))"));
    }

    private Panel convergence() {
        return new Panel(
                        "Until a change is in force",
                        "How long half of the proxies wait for a change, and the last of a hundred.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.SECONDS,
                        Query.named("p50", Tone.OK, convergence(50)),
                        Query.named("p99", Tone.BAD, convergence(99)))
                .needing(Needs.CHANGE);
    }

    private static String convergence(int percent) {
        return "histogram_quantile(0.%d, sum by (le) (rate(pilot_proxy_convergence_time_bucket[15m]))) >= 0"
                .formatted(percent);
    }

    private Panel work() {
        return new Panel(
                "What it knows",
                "Services and VirtualServices in force. A step that nobody made is a namespace that is gone, or one that is not read.",
                Size.HALF,
                Lines.plain(),
                Unit.NUMBER,
                Query.named("services", Tone.CALLERS, "max(pilot_services)"),
                Query.named("virtual services", Tone.WARN, "max(pilot_virt_services)"));
    }

    private Panel size() {
        return new Panel(
                "Size of updates",
                "The mean size of an update, by kind. Large clusters and listeners for everybody: limit what each namespace sees by a"
                        + " Sidecar resource.",
                Size.HALF,
                Lines.plain(),
                Unit.BYTES,
                Query.each(
                        "{{type}}",
                        "sum by (type) (pilot_xds_config_size_bytes_sum) / (sum by (type) (pilot_xds_config_size_bytes_count) > 0)"));
    }

    private Panel status() {
        return new Panel(
                "Proxies by status",
                "What the control plane's status page says, in words: synced has the newest, stale has not answered, error refused,"
                        + " not-sent needs none.",
                Size.HALF,
                Lines.plain(),
                Unit.NUMBER,
                Query.each("{{status}}", "sum by (status) (istiod_proxies_by_status)"));
    }

    private Panel perProxy() {
        return new Panel(
                "Longest without an answer",
                "Which proxies have owed an answer for longest. Seconds are usual, minutes are an Envoy that hangs or a connection that is"
                        + " half open: restart its pod.",
                Size.HALF,
                new Columns(
                        List.of(
                                Column.label(
                                        "pod",
                                        "Pod",
                                        Link.to(names.uid(Board.JVM), "The process in it", "pod")
                                                .with("namespace", "namespace")),
                                Column.label("namespace", "Namespace"),
                                Column.value("Waits for", Unit.SPAN, Threshold.rising(10, 60))),
                        Sorting.largestFirst("Waits for")),
                Unit.NUMBER,
                Query.of("topk(20, max by (namespace, pod) (istiod_proxy_unacknowledged_seconds))"));
    }

    private Panel memory() {
        return new Panel(
                        "istiod's memory",
                        "Resident memory of each replica. It grows with services, endpoints and proxies.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.BYTES,
                        Query.each("{{pod}}", "max by (pod) (process_resident_memory_bytes{" + OF_ISTIOD + "})"))
                .needing(Needs.ISTIOD);
    }

    private Panel cpu() {
        return new Panel(
                        "istiod's processors",
                        "Processors that each replica uses. At its limit pushes wait: give it more, or let each namespace see less.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.NUMBER,
                        Query.each(
                                "{{pod}}",
                                "max by (pod) (rate(process_cpu_seconds_total{" + OF_ISTIOD + "}[$__rate_interval]))"))
                .needing(Needs.ISTIOD);
    }

    private Panel webhooks() {
        return new Panel(
                        "Refused at the door",
                        "Resources that validation refused, and pods whose injection failed: those start without a sidecar, or not at all.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.EVENTS,
                        Query.named(
                                "resources refused",
                                Tone.WARN,
                                "sum(rate(galley_validation_failed[$__rate_interval]))"),
                        Query.named(
                                "injections failed",
                                Tone.BAD,
                                "sum(rate(sidecar_injection_failure_total[$__rate_interval]))"))
                .needing(Needs.ISTIOD);
    }

    private Panel certificates() {
        return new Panel(
                        "Certificates issued",
                        "Requests for certificates and those answered. A gap between both: pods will soon have none that is valid.",
                        Size.HALF,
                        Lines.plain(),
                        Unit.EVENTS,
                        Query.named("asked for", Tone.CALLERS, "sum(rate(citadel_server_csr_count[$__rate_interval]))"),
                        Query.named(
                                "issued",
                                Tone.OK,
                                "sum(rate(citadel_server_success_cert_issuance_count[$__rate_interval]))"))
                .needing(Needs.ISTIOD);
    }
}
