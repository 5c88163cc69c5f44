package dev.binnacle.plugin.collector.probe;

import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.testkit.CollectorContract;
import dev.binnacle.spi.testkit.FaultyServer;
import dev.binnacle.spi.testkit.FaultyServer.Behaviour;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class ProbeContractTest extends CollectorContract {
    @TempDir
    Path folder;

    private final FaultyServer server = new FaultyServer(request -> "well");

    @Override
    protected CollectorFactory factory() {
        return new ProbeCollectorFactory();
    }

    @Override
    protected Map<String, String> settings() {
        try {
            return Map.of(
                    "config-file",
                    Probes.file(folder, "- {name: a, url: '%s/', matches: well}".formatted(server.url()))
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Optional<String> reachabilityGauge() {
        return Optional.of("probe_success");
    }

    @Override
    protected void arrange(TestContext context, Source source) {
        server.behave(
                switch (source) {
                    case ANSWERING -> Behaviour.ANSWERING;
                    case UNREACHABLE -> Behaviour.DEAD;
                    case HANGING -> Behaviour.HANGING;
                    case LYING -> Behaviour.LYING;
                });
    }

    @AfterEach
    void stop() {
        server.close();
    }
}
