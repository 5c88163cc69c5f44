package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.cardinality.Assumptions;
import dev.binnacle.mesh.cardinality.CardinalityReport;
import dev.binnacle.mesh.cardinality.ObservedFlows;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cardinality",
        mixinStandardHelpOptions = true,
        description = {
            "Show how many series of Istio's metrics Prometheus would hold, and what each label costs.",
            "Without --observed: the most that manifests allow, if every proxy calls every service it may.",
            "With it: what Prometheus has seen, and what the change makes of it."
        })
final class CardinalityCommand implements Callable<Integer> {
    private final CliContext context;

    @Option(
            names = {"-f", "--filename"},
            split = ",",
            paramLabel = "DIR",
            description = "A change, as apply would make it: manifests over those of the instance.")
    private List<Path> change = List.of();

    @Option(
            names = "--manifests",
            split = ",",
            paramLabel = "DIR",
            description = "The mesh without the change, in the place of the instance's or the clone's manifests.")
    private List<Path> manifests = List.of();

    @Option(
            names = "--observed",
            description = "Ask Prometheus who calls whom and how it ends; pods come and go by -f.")
    private boolean observed;

    @Option(names = "--prometheus", paramLabel = "URL", description = "Ask this one; implies --observed.")
    private @Nullable String prometheus;

    @Option(names = "--budget", paramLabel = "N", description = "Exit 1 when there would be more series.")
    private @Nullable Long budget;

    @Option(
            names = "--outcomes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Without --observed: combinations of response code, flags and gRPC status an edge has"
                    + " (default: ${DEFAULT-VALUE}).")
    private int outcomes;

    @Option(
            names = "--values",
            split = ",",
            paramLabel = "LABEL=N",
            description = "How many values a tag has that a Telemetry adds.")
    private Map<String, Integer> values = Map.of();

    @Option(names = "-o", paramLabel = "json", description = "Print JSON.")
    private OutputFormat format = OutputFormat.TEXT;

    CardinalityCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (outcomes < 1 || values.values().stream().anyMatch(count -> count < 1)) {
            throw ProblemException.usage("--outcomes and --values are at least 1", "Leave them out, or write more.");
        }
        var source = new AskedManifests(context);
        Manifests now = source.of(manifests);
        Manifests then =
                change.isEmpty() ? now : now.overlaid(source.read(change).value());
        var report = report(now, then, new Assumptions(outcomes, values));
        if (format == OutputFormat.JSON) {
            context.printJson(new CardinalityText(report, isObserved(), budget).json());
        } else {
            new CardinalityText(report, isObserved(), budget).lines().forEach(context::print);
        }
        return budget != null && !report.isWithin(budget) ? ExitCode.NO : ExitCode.OK;
    }

    private boolean isObserved() {
        return observed || prometheus != null;
    }

    private CardinalityReport report(Manifests now, Manifests then, Assumptions assumptions)
            throws IOException, InterruptedException {
        MeshTopology all = Translation.plan(now);
        if (!isObserved()) {
            return CardinalityReport.possible(mesh(now, all), mesh(then, Translation.plan(then)), assumptions);
        }
        var api = prometheus == null ? PrometheusApi.of(context) : new PrometheusApi(prometheus);
        var seen = ObservedFlows.of(api.labels(ObservedFlows.QUERY), mesh(now, all));
        // Who has counted nothing may not run at all, and has no traffic to lose.
        var running = all.withPods(all.pods().stream()
                .filter(pod -> seen.proxies().contains(pod.id()))
                .toList());
        var planned = Translation.plan(then);
        Set<String> known = all.pods().stream().map(Pod::id).collect(Collectors.toSet());
        var later = planned.withPods(planned.pods().stream()
                .filter(pod -> !known.contains(pod.id()) || seen.proxies().contains(pod.id()))
                .toList());
        return CardinalityReport.observed(seen, mesh(now, running), mesh(then, later), assumptions);
    }

    private static MeshIr mesh(Manifests manifests, MeshTopology topology) {
        return Translation.compile(manifests, topology).value();
    }
}
