package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.testkit.CollectorContract;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PrometheusQueryContractTest extends CollectorContract {
    private static final String RESULT = "{\"metric\":{\"a\":\"b\"},\"value\":[1767225600,\"1\"]}";

    @TempDir
    Path folder;

    private FakeTarget server;

    @BeforeEach
    void serve() throws IOException {
        server = FakeTarget.answering(Queries.vector(RESULT));
    }

    @AfterEach
    void end() throws IOException {
        server.close();
    }

    @Override
    protected CollectorFactory factory() {
        return new PrometheusQueryFactory();
    }

    @Override
    protected Map<String, String> settings() {
        try {
            return Map.of(
                    "config-file",
                    Queries.file(folder, server.address(), "- {name: q, expr: up}\n")
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that is gone closes what is connected, as a port that nobody listens on does. */
    @Override
    protected void arrange(TestContext context, Source behaviour) {
        server.answer(
                switch (behaviour) {
                    case ANSWERING -> Queries.vector(RESULT);
                    case LYING -> FakeTarget.answer("200 OK", "", "<html>".getBytes(StandardCharsets.UTF_8));
                    case HANGING -> out -> {};
                    case UNREACHABLE ->
                        out -> {
                            throw new IOException("gone");
                        };
                });
    }
}
