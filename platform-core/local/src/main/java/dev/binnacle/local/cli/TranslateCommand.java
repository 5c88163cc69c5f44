package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.ResourcesJson;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        description = "Show what one proxy would be told, without a running mesh.")
final class TranslateCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private ManifestArguments manifests = new ManifestArguments();

    @Option(
            names = "--proxy",
            required = true,
            paramLabel = "WORKLOAD.NAMESPACE",
            description = "Whose resources; the namespace may be left away when it is default.")
    private String proxy;

    @Option(names = "-o", paramLabel = "yaml|json", description = "How to print (default: yaml).")
    private OutputFormat format = OutputFormat.YAML;

    TranslateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var reading = manifests.read(context);
        var read = Translation.read(reading.files());
        var topology = Translation.plan(read.value());
        Pod pod = topology.pods().stream()
                .filter(this::isMeant)
                .findFirst()
                .orElseThrow(() -> ProblemException.no(
                        "no proxy " + proxy + " in these manifests",
                        "There are "
                                + topology.pods().stream()
                                        .map(each -> each.workload() + "." + each.namespace())
                                        .distinct()
                                        .collect(Collectors.joining(", "))
                                + "."));
        var translated = Translation.translate(read.value(), topology);
        Stream.of(reading.problems(), read.diagnostics(), translated.diagnostics())
                .flatMap(List::stream)
                .distinct()
                .filter(diagnostic -> diagnostic.severity() != Severity.INFO)
                .forEach(diagnostic -> context.err().println(diagnostic.severity() + " " + diagnostic));
        var resources = translated.value().get(pod.id());
        if (resources == null) {
            throw ProblemException.no(pod.id() + " has no proxy", "Sidecar injection is switched off for it.");
        }
        context.out()
                .print(format == OutputFormat.JSON ? ResourcesJson.json(resources) : ResourcesJson.yaml(resources));
        context.out().flush();
        return ExitCode.OK;
    }

    private boolean isMeant(Pod pod) {
        return Stream.of(
                        pod.workload() + "." + pod.namespace(),
                        pod.id(),
                        pod.namespace().equals("default") ? pod.workload() : pod.id())
                .anyMatch(proxy::equals);
    }
}
