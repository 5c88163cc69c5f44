package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.config.Documents;
import dev.binnacle.prometheus.config.FileProblem;
import dev.binnacle.prometheus.config.Problems;
import dev.binnacle.prometheus.config.Section;
import dev.binnacle.prometheus.rules.Made;
import dev.binnacle.prometheus.rules.RuleFiles;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Rules and alerts for the OpenSLO documents among the manifests. */
final class SloGenerator implements ConfigGenerator {
    static final String ID = "generator-slo";

    private static final String API = "openslo/";
    private static final String VERSION = "openslo/v1";

    private final SloSettings settings;

    SloGenerator(SloSettings settings) {
        this.settings = settings;
    }

    /** A document of OpenSLO and the file that it is in. */
    private record Found(String file, Section document) {}

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) throws GenerationException {
        var mesh = new MeshInventory();
        var found = new ArrayList<Found>();
        var problems = new ArrayList<Problems>();
        manifests.stream()
                .sorted(Comparator.comparing(SourceFile::name))
                .forEach(file -> sort(file, mesh, found, problems));
        var reader = new SloReader(mesh, settings);
        var slos = new ArrayList<Slo>();
        for (var each : found) {
            read(each, reader, slos);
        }
        throwIfAny(problems);
        if (slos.isEmpty()) {
            return List.of();
        }
        var files = new RuleFiles();
        slos.stream()
                .sorted(Comparator.comparing(Slo::name))
                .forEach(slo -> files.add(slo.name(), new SloRules(slo, settings.interval()).groups()));
        return files.named("prometheus/rules/slo").entrySet().stream()
                .map(file -> new GeneratedFile(file.getKey(), Made.comment(ID) + file.getValue()))
                .toList();
    }

    /** Puts a file's documents where they belong; what is wrong in a file without an SLO is for others to say. */
    private static void sort(SourceFile file, MeshInventory mesh, List<Found> found, List<Problems> all) {
        var problems = new Problems(file.name());
        boolean ours = file.text().contains(API);
        if (ours) {
            all.add(problems);
        }
        for (var document : Documents.read(file.text(), problems)) {
            if (ours && document.text("apiVersion", "").startsWith(API)) {
                found.add(new Found(file.name(), document));
            } else {
                mesh.add(document);
            }
        }
    }

    private static void read(Found found, SloReader reader, List<Slo> slos) {
        var document = found.document();
        String api = document.text("apiVersion", "");
        String kind = document.text("kind", "");
        if (api.equals(VERSION) && kind.equals("SLO")) {
            slos.add(reader.read(document, found.file()));
        } else {
            document.problem(
                    "kind",
                    api + " " + kind + " is not read. Write SLOs of " + VERSION + ", with indicatorRef: "
                            + Indicator.known());
        }
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
