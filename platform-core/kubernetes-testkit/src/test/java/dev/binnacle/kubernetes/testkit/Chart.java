package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The chart as Helm renders it, and what a cluster says to that. */
record Chart(ApiServer server) {
    static final Path FOLDER = Documents.TOP.resolve("platform-core/chart");

    /** Returns the objects of a release in the namespace {@code shop}, rendered without a cluster. */
    String rendered(String... more) throws IOException, InterruptedException {
        return helm("template", more);
    }

    /** Returns what Helm says when it would install a release into the server's namespace {@code namespace}. */
    String tried(String namespace, String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("--dry-run=server", "--namespace", namespace));
        arguments.addAll(List.of(more));
        return helm("install", arguments.toArray(String[]::new));
    }

    /** Has the server take objects without keeping them; one line for each that it takes. */
    List<String> dryRun(String yaml) throws IOException, InterruptedException {
        return server.run(
                        Program.KUBECTL,
                        yaml,
                        "apply",
                        "--server-side",
                        "--dry-run=server",
                        "--validate=strict",
                        "-f",
                        "-")
                .lines()
                .toList();
    }

    private String helm(String command, String... more) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of(command, "shop", FOLDER.toString(), "--namespace", "shop"));
        arguments.addAll(List.of(more));
        return server.run(Program.HELM, "", arguments.toArray(String[]::new));
    }
}
