package dev.binnacle.plugin.collectors.mesh.istiod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.testkit.CollectorContract;
import dev.binnacle.spi.testkit.FaultyServer;
import dev.binnacle.spi.testkit.FaultyServer.Behaviour;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IstiodCollectorContractTest extends CollectorContract {
    private final FaultyServer istiod = new FaultyServer(request -> recorded());

    static String recorded() {
        try (var page = IstiodCollectorContractTest.class.getResourceAsStream("/istiod-1.31/syncz.json")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected CollectorFactory factory() {
        return new IstiodCollectorFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("urls", istiod.url() + "/", "timeout", "2s");
    }

    @Override
    protected Optional<String> reachabilityGauge() {
        return Optional.of("istiod_up");
    }

    @Override
    protected void arrange(TestContext context, Source source) {
        istiod.behave(
                switch (source) {
                    case ANSWERING -> Behaviour.ANSWERING;
                    case UNREACHABLE -> Behaviour.DEAD;
                    case HANGING -> Behaviour.HANGING;
                    case LYING -> Behaviour.LYING;
                });
    }

    @AfterEach
    void stop() {
        istiod.close();
    }

    @Test
    void oneThatFailsDoesNotHideTheOthers() throws Exception {
        var factory = factory();
        try (var other = new FaultyServer(request -> "[]");
                var context = TestContext.of(factory, Map.of("urls", istiod.url() + "," + other.url()));
                var collector = factory.create(context)) {
            istiod.behave(Behaviour.FAILING);

            assertThat(collector.collect(Instant.EPOCH))
                    .filteredOn(sample -> sample.series().name().equals("istiod_up"))
                    .extracting(sample -> sample.series().labels().toMap().get("istiod") + " " + sample.value())
                    .containsExactly(
                            istiod.url().getAuthority() + " 0.0", other.url().getAuthority() + " 1.0");
        }
    }

    @Test
    void urlsHaveNoSecrets() {
        assertThatThrownBy(() -> TestContext.of(factory(), Map.of("urls", "http://me:secret@istiod:15014")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("URLs without user and password");
    }
}
