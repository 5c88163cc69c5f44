package dev.binnacle.local.cli;

import dev.binnacle.local.launcher.ManifestFolders;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that names manifests. */
final class ManifestArguments {
    @Option(
            names = {"-f", "--filename"},
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "A manifest file, or a folder of them; may be given several times.")
    private List<Path> files = List.of();

    /** Returns the files with their text. */
    List<ManifestFile> read(CliContext context) {
        return ManifestFolders.of(context.layout().home(), files).files();
    }
}
