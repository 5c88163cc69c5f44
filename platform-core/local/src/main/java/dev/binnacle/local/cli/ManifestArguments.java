package dev.binnacle.local.cli;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.launcher.ManifestFolders;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that names manifests. */
final class ManifestArguments {
    @Option(
            names = {"-f", "--filename"},
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "A manifest file, or a folder of *.yaml files; may be given several times.")
    private List<Path> files = List.of();

    /** Returns the files with their text, and what is wrong with those that have none. */
    ManifestFolders.Reading read(CliContext context) {
        return ManifestFolders.of(context.layout().home(), files).read();
    }

    /**
     * Returns the files with their text.
     *
     * @throws ProblemException when one cannot be read: what is not seen cannot be changed
     */
    List<ManifestFile> readAll(CliContext context) {
        var reading = read(context);
        if (!reading.problems().isEmpty()) {
            throw ProblemException.no(
                    reading.problems().stream().map(Diagnostic::toString).collect(Collectors.joining("\n")),
                    "Nothing was changed.");
        }
        return reading.files();
    }
}
