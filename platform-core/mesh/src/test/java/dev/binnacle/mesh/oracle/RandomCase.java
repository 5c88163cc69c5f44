package dev.binnacle.mesh.oracle;

import dev.binnacle.mesh.random.RandomManifests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A random configuration beside Istio's answer.
 *
 * @param refusals why Istio refuses resources
 */
record RandomCase(RandomManifests manifests, List<String> refusals, List<Difference> differences) {
    /** Asks both; the folder holds the configuration and Istio's answer afterwards. */
    static RandomCase of(RandomManifests manifests, Path folder, Oracle oracle) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("input.yaml"), manifests.yaml());
            Files.writeString(folder.resolve("case.yaml"), "proxies: " + String.join(" ", manifests.proxies()) + "\n");
            var refusals = oracle.ask(folder);
            return new RandomCase(manifests, refusals, new IstioCase(folder).differences());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
