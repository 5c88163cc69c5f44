package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Column;
import dev.binnacle.plugin.generator.grafana.model.Dashboard;
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

/** The services' JVMs, by what Micrometer measures in each. */
final class JvmBoard {
    private static final LabelValues NAMESPACE =
            new LabelValues("namespace", "Namespace", "jvm_memory_used_bytes", "namespace", Choice.ALL);
    private static final LabelValues POD = new LabelValues(
            "pod", "Pod", "jvm_memory_used_bytes{" + NAMESPACE.in("namespace") + "}", "pod", Choice.ALL);
    private static final String PODS = NAMESPACE.in("namespace") + "," + POD.in("pod");
    private static final String EACH = "{{pod}}";

    private JvmBoard() {}

    static Dashboard of(Names names) {
        return new Dashboard(
                names.uid(Board.JVM),
                "JVM",
                "Is it the process: memory, garbage collection, threads, processors?",
                List.of(Choices.SOURCE, NAMESPACE, POD),
                List.of(
                        Row.of("The worst", fullest(), collecting(), busiest(), waiting()),
                        Row.of("Memory", heap(), afterCollection(), collections(), allocation()),
                        Row.of("Work", cpu(), threads(), files(), queue()),
                        Row.folded("Versions", versions())));
    }

    private static Panel fullest() {
        return Numbers.OF_FOUR.of(
                "Fullest heap",
                "The heap that is fullest after a collection: what is left then is in use. From 90 % on it collects all the time and"
                        + " then dies.",
                Unit.SHARE,
                Threshold.rising(0.75, 0.9),
                "max(jvm_memory_usage_after_gc{" + PODS + "})");
    }

    private static Panel collecting() {
        return Numbers.OF_FOUR.of(
                "Most collection",
                "The largest share of time that a process spends in garbage collection. From 10 % on requests feel it.",
                Unit.SHARE,
                Threshold.rising(0.05, 0.1),
                "max(jvm_gc_overhead{" + PODS + "})");
    }

    private static Panel busiest() {
        return Numbers.OF_FOUR.of(
                "Busiest process",
                "The largest share of all processors that one process uses.",
                Unit.SHARE,
                Threshold.rising(0.7, 0.9),
                "max(process_cpu_usage{" + PODS + "})");
    }

    private static Panel waiting() {
        return Numbers.OF_FOUR.of(
                "Waiting tasks",
                "Tasks that wait for a thread of a worker pool. Steadily above zero: more work than threads, usually because each waits"
                        + " for somebody slow.",
                Unit.NUMBER,
                Threshold.rising(1, 20),
                "sum(worker_pool_queue_size{" + PODS + "})");
    }

    private static Panel heap() {
        return each(
                "Heap in use",
                "A saw is as it should be: its lower teeth are what is really needed. Lower teeth that rise for hours are a leak.",
                Unit.BYTES,
                "sum by (pod) (jvm_memory_used_bytes{area=\"heap\"," + PODS + "})");
    }

    private static Panel afterCollection() {
        return each(
                "Heap after a collection",
                "The share of the largest heap that survives a collection. Rising and never falling is a leak.",
                Unit.SHARE,
                "max by (pod) (jvm_memory_usage_after_gc{" + PODS + "})");
    }

    private static Panel collections() {
        return each(
                "Pauses",
                "The share of time that each process stands still for garbage collection.",
                Unit.SHARE,
                "sum by (pod) (rate(jvm_gc_pause_seconds_sum{" + PODS + "}[$__rate_interval]))");
    }

    private static Panel allocation() {
        return each(
                "Allocation",
                "Bytes a second that each process asks for. Twice as much for the same requests is a change in the code.",
                Unit.BYTES_PER_SECOND,
                "sum by (pod) (rate(jvm_gc_memory_allocated_bytes_total{" + PODS + "}[$__rate_interval]))");
    }

    private static Panel cpu() {
        return each(
                "Processors",
                "The share of all processors that each process uses.",
                Unit.SHARE,
                "max by (pod) (process_cpu_usage{" + PODS + "})");
    }

    private static Panel threads() {
        return new Panel(
                "Threads",
                "Threads by what they do. Many blocked wait for each other; waiting ones are idle.",
                Size.HALF,
                Lines.stacked(),
                Unit.NUMBER,
                Query.each("{{state}}", "sum by (state) (jvm_threads_states_threads{" + PODS + "})"));
    }

    private static Panel files() {
        return each(
                "Open files",
                "The share of the files and connections that each process may open. At 100 % it takes no connection any more.",
                Unit.SHARE,
                "max by (pod) (process_files_open_files{" + PODS + "})" + " / max by (pod) (process_files_max_files{"
                        + PODS + "})");
    }

    private static Panel queue() {
        return each(
                "Tasks that wait",
                "Tasks that wait for a thread, by pod.",
                Unit.NUMBER,
                "sum by (pod) (worker_pool_queue_size{" + PODS + "})");
    }

    private static Panel each(String title, String description, Unit unit, String expression) {
        return new Panel(title, description, Size.HALF, Lines.plain(), unit, Query.each(EACH, expression));
    }

    private static Panel versions() {
        return new Panel(
                "Java",
                "What runs where. A label that a pod and the target both have is exported_version.",
                Size.WIDE,
                new Columns(
                        List.of(
                                Column.label("namespace", "Namespace"),
                                Column.label("pod", "Pod"),
                                Column.label("vendor", "Vendor"),
                                Column.label("runtime", "Runtime"),
                                Column.label("exported_version", "Version"),
                                Column.value("Runs", Unit.NUMBER)),
                        Sorting.smallestFirst("Pod")),
                Unit.NUMBER,
                Query.of("max by (namespace, pod, vendor, runtime, exported_version) (jvm_info_total{" + PODS + "})"));
    }
}
