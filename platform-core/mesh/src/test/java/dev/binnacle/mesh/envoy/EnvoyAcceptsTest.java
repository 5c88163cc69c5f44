package dev.binnacle.mesh.envoy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.golden.GoldenCases;
import dev.binnacle.mesh.xds.BootstrapRenderer;
import dev.binnacle.mesh.xds.BootstrapSpec;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real Envoy accepts every golden case's resources, and the bootstrap. */
class EnvoyAcceptsTest {
    @TempDir
    static Path folder;

    private static EnvoyValidator envoy;

    @BeforeAll
    static void findEnvoy() throws Exception {
        assumeTrue(
                EnvoyValidator.binary().isPresent(),
                "skipped: no Envoy given; run with -Dbinnacle.envoy=/path/to/envoy or BINNACLE_ENVOY set");
        envoy = EnvoyValidator.in(folder);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void acceptsEveryProxyOfTheCase(GoldenCases.Resources golden) throws Exception {
        for (var proxy : golden.proxies().entrySet()) {
            envoy.assertAccepts(golden + " " + proxy.getKey(), StaticBootstrap.of(proxy.getValue()));
        }
    }

    @Test
    void acceptsTheBootstrap() throws Exception {
        var pod = Translation.plan(
                        Translation.read(GoldenCases.input("plain-services")).value())
                .pods()
                .getFirst();
        envoy.assertAccepts(
                "bootstrap",
                BootstrapRenderer.render(
                        new BootstrapSpec(pod, "cluster.local", "127.16.0.2", 15010, folder + "/a.sock")));
    }

    static Stream<GoldenCases.Resources> cases() throws Exception {
        return GoldenCases.resources();
    }
}
