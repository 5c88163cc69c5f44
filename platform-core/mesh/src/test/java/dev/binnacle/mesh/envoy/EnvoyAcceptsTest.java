package dev.binnacle.mesh.envoy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.golden.GoldenCases;
import dev.binnacle.mesh.oracle.IstioCases;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import dev.binnacle.mesh.xds.BootstrapRenderer;
import dev.binnacle.mesh.xds.BootstrapSpec;
import dev.binnacle.mesh.xds.StaticBootstrap;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real Envoy accepts every golden case's resources, and the bootstrap. */
class EnvoyAcceptsTest {
    /** So many proxies that starting Envoy takes little of the time, so few that they fit into the memory of a test. */
    private static final int AT_ONCE = 200;

    private static final BootstrapSpec NOBODY = new BootstrapSpec(
            new Pod(
                    "nobody-0",
                    "default",
                    "nobody",
                    PodKind.SIDECAR,
                    1,
                    Map.of(),
                    "default",
                    "127.255.0.1",
                    "127.255.0.2",
                    true,
                    Map.of(),
                    Map.of()),
            "cluster.local",
            "127.255.0.3",
            15010,
            "admin.sock");

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
            envoy.assertAccepts(golden + " " + proxy.getKey(), StaticBootstrap.render(NOBODY, proxy.getValue()));
        }
    }

    @Test
    void acceptsAllThatIsComparedWithIstio() throws Exception {
        var all = IstioCases.resources().stream()
                .flatMap(istio -> istio.proxies().values().stream())
                .toList();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            var some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
            envoy.assertAccepts(
                    "cases that are compared with Istio, from proxy " + from, MergedBootstrap.of(NOBODY, some));
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
