package dev.binnacle.app.insight;

import dev.binnacle.insight.slo.Objective;
import dev.binnacle.prometheus.config.Documents;
import dev.binnacle.prometheus.config.Problems;
import dev.binnacle.prometheus.config.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Finds the objectives that are written down, by name. What is wrong with them is for the generator to say, which makes rules of
 * them. For any thread.
 */
final class ObjectiveFiles {
    private static final Logger LOG = Logger.getLogger(ObjectiveFiles.class);

    private final Path folder;

    ObjectiveFiles(Path folder) {
        this.folder = folder;
    }

    /** Returns those that can be read; none when there is no such folder, in a cluster for example. */
    List<Objective> read() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .sorted()
                    .flatMap(ObjectiveFiles::read)
                    .toList();
        } catch (IOException e) {
            LOG.debugf(e, "objectives not readable folder=%s", folder);
            return List.of();
        }
    }

    private static Stream<Objective> read(Path file) {
        try {
            return Documents.read(Files.readString(file), new Problems(file.toString())).stream()
                    .filter(document -> document.text("kind", "").equals("SLO"))
                    .map(document -> objective(document, file))
                    .filter(objective -> !objective.name().isEmpty());
        } catch (IOException e) {
            LOG.debugf(e, "objective not readable file=%s", file);
            return Stream.of();
        }
    }

    private static Objective objective(Section document, Path file) {
        var metadata = document.section("metadata");
        String name = metadata.text("name", "");
        return new Objective(name, metadata.text("displayName", name), shown(file), document.line("apiVersion"));
    }

    /** Below the working folder as one would write it there. */
    private static String shown(Path file) {
        var here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file).toString() : file.toString();
    }
}
