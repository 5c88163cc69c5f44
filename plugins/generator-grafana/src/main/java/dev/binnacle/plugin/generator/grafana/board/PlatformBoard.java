package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Column;
import dev.binnacle.plugin.generator.grafana.model.Dashboard;
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

/** The platform, its plugins, and Prometheus: whether the numbers on all other pages can be believed. */
final class PlatformBoard {
    private PlatformBoard() {}

    static Dashboard of(Names names) {
        return new Dashboard(
                names.uid(Board.PLATFORM),
                "Platform and plugins",
                "Can the other pages be believed: does everything collect, pass on, scrape and evaluate?",
                List.of(Choices.SOURCE),
                List.of(
                        Row.of("Health", failedExtensions(), lost(), targets(), rules(), series(), mistakes()),
                        Row.of("Plugins", collectors(), queues(), exported(), extensions()),
                        Row.of("Prometheus", down(), samples(), slowRules(), halfEmpty()),
                        Row.folded("What plugins leave behind", leaks(), restarts())));
    }

    private static Panel failedExtensions() {
        return Numbers.OF_SIX.of(
                "Extensions not well",
                "Collectors, exporters and others that failed or whose calls fail. ./binnacle plugin list says why.",
                Unit.NUMBER,
                Threshold.rising(1, 2),
                Counts.of("binnacle_extension_status{status=~\"Failed|Degraded\"}", "== 1"));
    }

    private static Panel lost() {
        return Numbers.OF_SIX.of(
                "Samples lost",
                "Samples that were dropped in the time span above, for whatever reason. They are missing from wherever their exporter"
                        + " delivers to.",
                Unit.NUMBER,
                Threshold.none(1),
                "sum(increase(binnacle_pipeline_dropped_samples_total[$__range]))");
    }

    private static Panel targets() {
        return Numbers.OF_SIX.of(
                "Targets down",
                "What Prometheus cannot scrape. The table below says which.",
                Unit.NUMBER,
                Threshold.rising(1, 3),
                Counts.of("up", "== 0"));
    }

    private static Panel rules() {
        return Numbers.OF_SIX.of(
                "Rules that fail",
                "Evaluations that failed in the time span above: what they record stops, and their alerts do not fire.",
                Unit.NUMBER,
                Threshold.none(1),
                "sum(increase(prometheus_rule_evaluation_failures_total[$__range]))");
    }

    private static Panel series() {
        return Numbers.OF_SIX.of(
                "Series",
                "What Prometheus holds in memory, some 4 kB each. A step up is a new label, or a label without an end.",
                Unit.NUMBER,
                Threshold.neutral(),
                "sum(prometheus_tsdb_head_series)");
    }

    private static Panel mistakes() {
        return Numbers.OF_SIX.of(
                "Mistakes in manifests",
                "Errors that the platform finds in what is in force. ./binnacle check shows them with file and line.",
                Unit.NUMBER,
                Threshold.none(1),
                "sum(binnacle_mesh_diagnostics{severity=\"error\"})");
    }

    private static Panel collectors() {
        return new Panel(
                "Collectors",
                "How long each took to look, last time. Near its interval it falls behind: ask for less, or less often.",
                Size.HALF,
                Lines.plain(),
                Unit.SECONDS,
                Query.each("{{collector}}", "max by (collector) (binnacle_collector_last_run_seconds)"));
    }

    private static Panel queues() {
        return new Panel(
                "Samples that wait",
                "What each exporter has still to deliver. Growing: its receiver is slow or gone; it goes to disk first, and is lost when that"
                        + " is full.",
                Size.HALF,
                Lines.plain(),
                Unit.NUMBER,
                Query.each("{{exporter}}", "sum by (exporter) (binnacle_pipeline_queued_samples)"));
    }

    private static Panel exported() {
        return new Panel(
                "Samples delivered",
                "Samples a second that each exporter's receiver has taken. As many as are received, or they wait, or are lost.",
                Size.HALF,
                Lines.plain(),
                Unit.EVENTS,
                Query.each(
                        "{{exporter}}",
                        "sum by (exporter) (rate(binnacle_pipeline_exported_samples_total[$__rate_interval]))"));
    }

    private static Panel extensions() {
        return new Panel(
                "Extensions",
                "Every extension with its status.",
                Size.HALF,
                new Columns(
                        List.of(
                                Column.label("extension", "Extension"),
                                Column.label("plugin", "Plugin"),
                                Column.label("status", "Status"),
                                Column.value("Is so", Unit.NUMBER)),
                        Sorting.smallestFirst("Status")),
                Unit.NUMBER,
                Query.of("max by (extension, plugin, status) (binnacle_extension_status) == 1"));
    }

    private static Panel down() {
        return new Panel(
                "Targets by job",
                "The share of each job's targets that Prometheus reads.",
                Size.HALF,
                new Columns(
                        List.of(
                                Column.label("job", "Job"),
                                Column.value("Targets", Unit.NUMBER),
                                Column.value("Read", Unit.SHARE, Threshold.falling(0.9, 1))),
                        Sorting.smallestFirst("Read")),
                Unit.NUMBER,
                Query.of("count by (job) (up)"),
                Query.of("avg by (job) (up)"));
    }

    private static Panel samples() {
        return new Panel(
                "Samples scraped",
                "Samples a second, by job. A job that doubles has a new label: ./binnacle cardinality says which costs what.",
                Size.HALF,
                Lines.stacked(),
                Unit.EVENTS,
                Query.each(
                        "{{job}}",
                        "sum by (job) (scrape_samples_post_metric_relabeling)"
                                + " / scalar(max(prometheus_target_interval_length_seconds{quantile=\"0.5\"}))"));
    }

    private static Panel slowRules() {
        return new Panel(
                "Slow rules",
                "Groups of rules that take longest to evaluate. Near its interval a group skips evaluations, and its alerts come late.",
                Size.HALF,
                Lines.plain(),
                Unit.SECONDS,
                Query.each("{{rule_group}}", "topk(5, prometheus_rule_group_last_duration_seconds)"));
    }

    private static Panel halfEmpty() {
        return new Panel(
                "Half-empty answers",
                "Scrapes of a pod in which the service's own half was missing although the target is up.",
                Size.HALF,
                Lines.plain(),
                Unit.EVENTS,
                Query.each(
                        "{{pod}}{{instance}} {{type}}",
                        "topk(10, rate(istio_agent_scrape_failures_total[$__rate_interval]))"));
    }

    private static Panel leaks() {
        return new Panel(
                "Left behind",
                "What plugins leave in the platform when they are unloaded. It costs memory at each reload until the platform is"
                        + " restarted: tell the plugin's author.",
                Size.HALF,
                Lines.plain(),
                Unit.NUMBER,
                Query.named("class loaders", Tone.WARN, "sum(binnacle_plugin_old_class_loaders)"),
                Query.named("abandoned calls", Tone.BAD, "sum(binnacle_plugin_abandoned_calls)"));
    }

    private static Panel restarts() {
        return new Panel(
                "Plugins started again",
                "How often the platform started a plugin again that had failed, in the time span above.",
                Size.HALF,
                Lines.plain(),
                Unit.NUMBER,
                Query.each("{{plugin}}", "sum by (plugin) (increase(binnacle_plugin_restarts_total[$__range]))"));
    }
}
