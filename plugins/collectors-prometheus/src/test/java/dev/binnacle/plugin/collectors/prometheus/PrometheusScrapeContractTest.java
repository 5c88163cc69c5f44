package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.testkit.ReceiverContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PrometheusScrapeContractTest extends ReceiverContract {
    @TempDir
    Path folder;

    private FakeTarget target;

    @BeforeEach
    void serve() throws IOException {
        target = FakeTarget.serving("a 1\n");
    }

    @AfterEach
    void end() throws IOException {
        target.close();
    }

    @Override
    protected ReceiverFactory factory() {
        return new PrometheusScrapeFactory();
    }

    @Override
    protected Map<String, String> settings() {
        try {
            return Map.of(
                    "config-file",
                    Files.writeString(folder.resolve("prometheus.yml"), Scraping.job(target.address(), ""))
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever has asked a third time has handed over what it got before. */
    @Override
    protected void send(Receiver receiver) {
        int asked = target.requests().size();
        Awaitility.await().until(() -> target.requests().size() >= asked + 3);
    }
}
