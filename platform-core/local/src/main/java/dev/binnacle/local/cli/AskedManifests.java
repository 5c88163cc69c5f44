package dev.binnacle.local.cli;

import dev.binnacle.local.launcher.ManifestFolders;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.manifest.Overlays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The manifests that a question is about: those that are given, or the instance's with what was applied to it. */
record AskedManifests(CliContext context) {
    Manifests of(List<Path> given) {
        Path home = context.layout().home();
        var base = read(given);
        Path overlays = context.layout().overlays();
        boolean instance = given.isEmpty() && Files.isDirectory(overlays);
        return instance
                ? Overlays.laidOver(
                                base,
                                ManifestFolders.of(home, List.of(overlays))
                                        .read()
                                        .files())
                        .value()
                : base.value();
    }

    /** What is wrong takes no effect, which whoever asks had better know. */
    Compiled<Manifests> read(List<Path> given) {
        var reading = ManifestFolders.of(context.layout().home(), given).read();
        var read = Translation.read(reading.files());
        Stream.concat(reading.problems().stream(), read.diagnostics().stream())
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .forEach(diagnostic -> context.err().println(CheckCommand.line(diagnostic)));
        return read;
    }
}
