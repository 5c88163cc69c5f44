package dev.binnacle.plugin.generators.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.kubernetes.testkit.ApiServer;
import dev.binnacle.kubernetes.testkit.NeedsKubernetes;
import dev.binnacle.kubernetes.testkit.Program;
import org.junit.jupiter.api.Test;

/** A cluster takes what is generated, by the schemas of Istio's own resources. */
@NeedsKubernetes
class RealApiServerTest {
    @Test
    void everyResourceIsAccepted(ApiServer server) throws Exception {
        server.installCustomResources();

        for (var file : new IstioGenerator().generate(Shop.with("wanted.yaml", Shop.read("wanted.yaml")))) {
            String said = server.run(
                    Program.KUBECTL,
                    file.text(),
                    "apply",
                    "--server-side",
                    "--dry-run=server",
                    "--validate=strict",
                    "-f",
                    "-");
            assertThat(said.lines()).as(file.path()).isNotEmpty().allMatch(line -> line.contains("serverside-applied"));
        }
    }
}
