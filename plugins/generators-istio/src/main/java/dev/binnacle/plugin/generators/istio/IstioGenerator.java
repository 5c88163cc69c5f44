package dev.binnacle.plugin.generators.istio;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.plugin.generators.istio.IstioYaml.Resource;
import dev.binnacle.prometheus.config.Documents;
import dev.binnacle.prometheus.config.FileProblem;
import dev.binnacle.prometheus.config.Problems;
import dev.binnacle.prometheus.config.Section;
import dev.binnacle.prometheus.rules.Made;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Istio's resources for the documents of {@code generate.binnacle.dev} among the manifests. */
final class IstioGenerator implements ConfigGenerator {
    static final String ID = "generator-istio";

    private static final String API = "generate.binnacle.dev/";
    private static final String VERSION = API + "v1";
    private static final String FOLDER = "istio/generated/";

    /** A document, where its problems go, and what it wants. */
    private record Asked(Section spec, Wanted wanted) {}

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) throws GenerationException {
        if (manifests.stream().noneMatch(file -> file.text().contains(API))) {
            return List.of();
        }
        var sorted = manifests.stream()
                .filter(file -> !file.text().startsWith(Made.comment(ID)))
                .sorted(Comparator.comparing(SourceFile::name))
                .toList();
        var mesh = MeshFacts.of(sorted.stream()
                .map(file -> new ManifestFile(file.name(), file.text()))
                .toList());
        var problems = new ArrayList<Problems>();
        var asked = new ArrayList<Asked>();
        var reader = new WantedReader(mesh);
        sorted.stream().filter(file -> file.text().contains(API)).forEach(file -> read(file, reader, problems, asked));
        throwIfAny(problems);
        var files = new ArrayList<GeneratedFile>();
        var wanted = new TreeMap<String, Wanted>();
        for (var each : asked) {
            var own = files(each, mesh);
            own.forEach(file -> wanted.put(file.path(), each.wanted()));
            files.addAll(own);
        }
        throwIfAny(problems);
        requireAccepted(wanted, files, mesh);
        return List.copyOf(files);
    }

    private static void read(SourceFile file, WantedReader reader, List<Problems> all, List<Asked> asked) {
        var problems = new Problems(file.name());
        all.add(problems);
        for (var document : Documents.read(file.text(), problems)) {
            String api = document.text("apiVersion", "");
            if (api.equals(VERSION)) {
                reader.read(document, file.name())
                        .ifPresent(wanted -> asked.add(new Asked(document.section("spec"), wanted)));
            } else if (api.startsWith(API)) {
                document.problem("apiVersion", "there is no " + api + ". Write " + VERSION);
            }
        }
    }

    private static List<GeneratedFile> files(Asked asked, MeshFacts mesh) {
        return switch (asked.wanted()) {
            case Wanted.Canary canary ->
                List.of(
                        file(canary, "/1-subsets", List.of(CanaryResources.subsets(canary))),
                        file(canary, "/2-routes", List.of(CanaryResources.routes(canary))));
            case Wanted.EgressHost egress -> List.of(file(egress, "", HostResources.of(egress)));
            case Wanted.IngressHost ingress -> List.of(file(ingress, "", HostResources.of(ingress)));
            case Wanted.MetricsBudget budget -> {
                var found = new BudgetResources(budget, mesh.manifests()).find();
                if (!found.isWithin(budget)) {
                    asked.spec()
                            .problem(
                                    "series",
                                    "with all that can be gone without there are still " + found.series()
                                            + " series. Write at least that, keep less, or narrow who sees whom by Sidecars");
                }
                yield List.of(file(budget, "", List.of(found.resource())));
            }
        };
    }

    private static GeneratedFile file(Wanted wanted, String part, List<Resource> resources) {
        var source = wanted.source();
        String name = FOLDER + source.kind().toLowerCase(Locale.ROOT) + "-" + source.namespace() + "-" + source.name();
        String from = "# From " + source.place() + ", " + source.kind() + " " + source.namespace() + "/" + source.name()
                + ".\n";
        return new GeneratedFile(name + part + ".yaml", Made.comment(ID) + inert(from) + IstioYaml.write(resources));
    }

    /** A file's name stays within its comment. */
    private static String inert(String line) {
        return line.strip()
                .chars()
                .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
                .collect(Collectors.joining("", "", "\n"));
    }

    /** What the platform itself would refuse beside the manifests is not written. */
    private static void requireAccepted(Map<String, Wanted> wanted, List<GeneratedFile> files, MeshFacts mesh)
            throws GenerationException {
        var errors = mesh.errorsWith(files.stream()
                .map(file -> new ManifestFile(file.path(), file.text()))
                .toList());
        if (!errors.isEmpty()) {
            throw new GenerationException(
                    errors.stream().map(error -> refusal(error, wanted)).collect(Collectors.joining("\n")), null);
        }
    }

    /** Names the document whose resource is wrong; of what is wrong elsewhere any of them may be the reason. */
    private static String refusal(Diagnostic error, Map<String, Wanted> wanted) {
        var culprit = wanted.get(error.file());
        String places = culprit != null
                ? culprit.source().place()
                : wanted.values().stream()
                        .map(each -> each.source().place())
                        .distinct()
                        .collect(Collectors.joining(", "));
        return places + ": it would make an error: " + error;
    }

    private static void throwIfAny(List<Problems> files) throws GenerationException {
        String text = files.stream()
                .flatMap(problems -> problems.sorted().stream())
                .map(FileProblem::toString)
                .collect(Collectors.joining("\n"));
        if (!text.isEmpty()) {
            throw new GenerationException(text, null);
        }
    }
}
