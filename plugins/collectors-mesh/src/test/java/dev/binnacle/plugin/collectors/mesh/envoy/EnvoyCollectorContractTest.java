package dev.binnacle.plugin.collectors.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.context.Proxy;
import dev.binnacle.spi.testkit.CollectorContract;
import dev.binnacle.spi.testkit.TestContext;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnvoyCollectorContractTest extends CollectorContract {
    private final List<AutoCloseable> servers = new ArrayList<>();

    @Override
    protected CollectorFactory factory() {
        return new EnvoyCollectorFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("timeout", "2s");
    }

    @Override
    protected Optional<String> reachabilityGauge() {
        return Optional.of("binnacle_envoy_up");
    }

    @Override
    protected void arrange(TestContext context, Source source) throws Exception {
        context.layOut(proxy(
                "a",
                switch (source) {
                    case ANSWERING -> keep(AdminServer.recorded()).uri();
                    case LYING ->
                        keep(AdminServer.of("<html>200, but no Envoy</html>")).uri();
                    case HANGING -> hanging();
                    case UNREACHABLE -> unused();
                }));
    }

    @AfterEach
    void stopServers() throws Exception {
        for (var server : servers) {
            server.close();
        }
    }

    @Test
    void noMeshIsAnEmptyAnswer() throws Exception {
        try (var context = newContext();
                var collector = factory().create(context)) {
            assertThat(collector.collect(Instant.EPOCH)).isEmpty();
        }
    }

    @Test
    void oneHangingEnvoyDoesNotHideTheOthersNorDelayThemMoreThanItsTimeout() throws Exception {
        try (var context = newContext();
                var collector = factory().create(context)) {
            context.layOut(
                    proxy("hangs", hanging()),
                    proxy("gone", unused()),
                    proxy("well", keep(AdminServer.recorded()).uri()));
            long begun = System.nanoTime();
            var samples = collector.collect(Instant.EPOCH);

            assertThat((System.nanoTime() - begun) / 1e9).isLessThan(8);
            assertThat(samples)
                    .filteredOn(sample -> sample.series().name().equals("binnacle_envoy_up"))
                    .extracting(sample -> sample.series().labels().get("pod").orElseThrow() + "=" + sample.value())
                    .containsExactly("hangs=0.0", "gone=0.0", "well=1.0");
            assertThat(samples)
                    .filteredOn(sample ->
                            sample.series().labels().get("pod").orElseThrow().equals("well"))
                    .hasSizeGreaterThan(15);
        }
    }

    private static Proxy proxy(String pod, URI admin) {
        return new Proxy(pod, "default", pod + "-v1", admin);
    }

    private <T extends AutoCloseable> T keep(T server) {
        servers.add(server);
        return server;
    }

    /** A port that accepts connections and never answers. */
    private URI hanging() throws Exception {
        var socket = keep(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** A port that nobody listens on. */
    private static URI unused() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
