package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.generate.Drift;
import dev.binnacle.local.generate.GeneratedFolder;
import dev.binnacle.local.generate.GeneratorPlugins;
import dev.binnacle.local.generate.GeneratorSettings;
import dev.binnacle.local.launcher.ManifestFolders;
import dev.binnacle.local.launcher.PluginZips;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.plugins.generate.Generation;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Write rules, dashboards and configuration from manifests; needs nothing running.",
            "Without -f: from the clone's manifests and prometheus/slo into the clone."
        })
final class GenerateCommand implements Callable<Integer> {
    private static final String SETTINGS = "generate.properties";

    private final CliContext context;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "A generator, such as slo or generator-slo; all of them when none is given.")
    private List<String> names = List.of();

    @Option(names = "--check", description = "Write nothing; exit 1 and show what differs.")
    private boolean check;

    @Option(
            names = {"-f", "--filename"},
            split = ",",
            paramLabel = "DIR",
            description = "Manifests and SLOs to generate from, in the place of the clone's; needs --out.")
    private List<Path> files = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write; the clone unless given.")
    private Path out = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "GENERATOR.KEY=VALUE",
            description = "A setting, over those in prometheus/" + SETTINGS + " (with -f: in its folder).")
    private List<String> settings = List.of();

    GenerateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        boolean elsewhere = !out.toString().isEmpty();
        if (!files.isEmpty() && !elsewhere) {
            throw ProblemException.usage("-f needs --out", "Name the folder that the files shall be written to.");
        }
        var folder = new GeneratedFolder(
                elsewhere ? out.toAbsolutePath().normalize() : context.layout().home());
        try (var plugins = GeneratorPlugins.load(zips(), GeneratorSettings.of(settingsFile(), settings))) {
            var generators = plugins.generators();
            var chosen = chosen(generators.keySet());
            var generated = generate(generators, chosen);
            return check ? check(folder, generated, chosen) : write(folder, generated, chosen);
        }
    }

    private SortedMap<String, String> generate(SortedMap<String, ConfigGenerator> generators, Set<String> chosen) {
        try {
            return Generation.of(generators, sources()).filesOf(chosen).stream()
                    .collect(Collectors.toMap(
                            GeneratedFile::path, GeneratedFile::text, (one, other) -> one, TreeMap::new));
        } catch (GenerationException e) {
            throw ProblemException.no(String.valueOf(e.getMessage()), "Nothing was written.");
        }
    }

    private int write(GeneratedFolder folder, SortedMap<String, String> generated, Set<String> generators)
            throws IOException {
        var different = folder.different(generated);
        for (var file : different.entrySet()) {
            folder.write(file.getKey(), file.getValue());
            context.print("written: " + file.getKey());
        }
        for (String name : folder.leftOver(generated, generators)) {
            folder.delete(name);
            context.print("deleted: " + name + ", which nothing makes any more");
        }
        context.print(generated.size() + " generated files are up to date");
        return ExitCode.OK;
    }

    private int check(GeneratedFolder folder, SortedMap<String, String> generated, Set<String> generators)
            throws IOException {
        var different = folder.different(generated);
        for (var file : different.entrySet()) {
            Path path = folder.resolve(file.getKey());
            List<String> is = Files.isRegularFile(path) ? Files.readAllLines(path) : List.of();
            Drift.lines(file.getKey(), is, file.getValue().lines().toList()).forEach(context::print);
        }
        var leftOver = folder.leftOver(generated, generators);
        leftOver.forEach(name -> context.print("nothing makes " + name + " any more"));
        int count = different.size() + leftOver.size();
        if (count == 0) {
            context.print(generated.size() + " generated files are up to date");
            return ExitCode.OK;
        }
        context.print(
                count + (count == 1 ? " file is" : " files are")
                        + " not what the generators make. Run ./binnacle generate, and read the difference before you commit it.");
        return ExitCode.NO;
    }

    private Set<String> chosen(Set<String> all) {
        if (all.isEmpty()) {
            throw ProblemException.no(
                    "no plugin generates anything", "Build the clone: BINNACLE_BUILD=always ./binnacle generate");
        }
        var chosen = new TreeSet<String>();
        for (String name : names) {
            String id = name.startsWith("generator-") ? name : "generator-" + name;
            if (!all.contains(id)) {
                throw ProblemException.usage("there is no " + id, "Generators: " + String.join(", ", all) + ".");
            }
            chosen.add(id);
        }
        return chosen.isEmpty() ? all : chosen;
    }

    private List<SourceFile> sources() {
        Path home = context.layout().home();
        var folders = files.isEmpty()
                ? Stream.of("sample-services/kubernetes", "istio", "prometheus/slo")
                        .map(home::resolve)
                        .filter(Files::isDirectory)
                        .toList()
                : files;
        var reading = ManifestFolders.of(home, folders).read();
        if (!reading.problems().isEmpty()) {
            throw ProblemException.no(
                    reading.problems().stream().map(Diagnostic::toString).collect(Collectors.joining("\n")),
                    "Nothing was written.");
        }
        return reading.files().stream()
                .map(file -> new SourceFile(file.name(), file.text()))
                .toList();
    }

    private Path settingsFile() {
        Path folder = files.isEmpty() ? context.layout().home().resolve("prometheus") : files.getFirst();
        return folder.resolve(SETTINGS);
    }

    private List<Path> zips() throws IOException {
        return PluginZips.all(context.layout().home(), context.layout().plugins());
    }
}
