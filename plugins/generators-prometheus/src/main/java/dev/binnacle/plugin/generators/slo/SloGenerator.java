package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.config.Documents;
import dev.binnacle.prometheus.config.FileProblem;
import dev.binnacle.prometheus.config.Problems;
import dev.binnacle.prometheus.rules.Made;
import dev.binnacle.prometheus.rules.RuleGroup;
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

    @Override
    public List<GeneratedFile> generate(List<SourceFile> manifests) throws GenerationException {
        var sources = manifests.stream()
                .sorted(Comparator.comparing(SourceFile::name))
                .toList();
        var documents =
                sources.stream().filter(file -> file.text().contains(API)).toList();
        if (documents.isEmpty()) {
            return List.of();
        }
        var reader = new SloReader(MeshInventory.of(sources), settings);
        var slos = new ArrayList<Slo>();
        var problems = new ArrayList<FileProblem>();
        documents.forEach(file -> read(file, reader, slos, problems));
        if (!problems.isEmpty()) {
            throw new GenerationException(
                    problems.stream().map(FileProblem::toString).collect(Collectors.joining("\n")), null);
        }
        var groups = slos.stream()
                .sorted(Comparator.comparing(Slo::name))
                .flatMap(slo -> new SloRules(slo, settings.interval()).groups().stream())
                .toList();
        return groups.isEmpty()
                ? List.of()
                : List.of(new GeneratedFile("prometheus/rules/slo.yml", Made.comment(ID) + RuleGroup.file(groups)));
    }

    private static void read(SourceFile file, SloReader reader, List<Slo> slos, List<FileProblem> all) {
        var problems = new Problems(file.name());
        for (var document : Documents.read(file.text(), problems)) {
            String api = document.text("apiVersion", "");
            String kind = document.text("kind", "");
            if (api.equals(VERSION) && kind.equals("SLO")) {
                slos.add(reader.read(document, file.name()));
            } else if (api.startsWith(API)) {
                document.problem(
                        "kind",
                        api + " " + kind + " is not read. Write SLOs of " + VERSION + ", with indicatorRef: "
                                + Indicator.known());
            }
        }
        all.addAll(problems.sorted());
    }
}
