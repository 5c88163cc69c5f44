package dev.binnacle.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.app.BuildFolder;
import dev.binnacle.app.mesh.TestMesh;
import dev.binnacle.insight.topology.Question;
import dev.binnacle.insight.topology.Topology;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private static final Instant PAST = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final byte[] NOTHING = "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}"
            .getBytes(StandardCharsets.UTF_8);

    private final AtomicInteger queries = new AtomicInteger();
    private HttpServer server;
    private TestMesh mesh;
    private PrometheusClient client;
    private Pictures pictures;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            queries.incrementAndGet();
            exchange.sendResponseHeaders(200, NOTHING.length);
            exchange.getResponseBody().write(NOTHING);
            exchange.close();
        });
        server.start();
        var folder = BuildFolder.fresh("pictures");
        TestMesh.write(folder);
        mesh = new TestMesh(folder);
        var settings = new Patience(Duration.ofSeconds(30), 100_000);
        client = new PrometheusClient(
                () -> URI.create("http://127.0.0.1:" + server.getAddress().getPort()), settings);
        pictures = new Pictures(mesh.controller()::state, client, settings);
    }

    @AfterEach
    void stop() {
        client.stop();
        mesh.close();
        server.stop(0);
    }

    @Test
    void twentyViewersCostNoMoreThanOne() throws Exception {
        try (var viewers = Executors.newFixedThreadPool(20)) {
            Callable<Pictures.Picture> look = () -> pictures.of(WINDOW, Optional.of(PAST));
            var seen = viewers.invokeAll(Stream.generate(() -> look).limit(20).toList());

            assertThat(seen).extracting(Future::get).containsOnly(look.call());
        }
        assertThat(queries).hasValue(Question.values().length);
        assertThat(Question.values()).hasSizeLessThanOrEqualTo(8);
    }

    @Test
    void anotherTimeAndAnotherWindowAreAskedAbout() {
        pictures.of(WINDOW, Optional.of(PAST));
        pictures.of(WINDOW, Optional.of(PAST.minusSeconds(1)));
        pictures.of(WINDOW.plusSeconds(1), Optional.of(PAST));

        assertThat(queries).hasValue(3 * Question.values().length);
    }

    @Test
    void whatIsDeclaredIsThereWithoutTraffic() {
        assertThat(pictures.of(WINDOW, Optional.empty()).topology().nodes())
                .extracting(Topology.Node::id)
                .isEqualTo(
                        List.of("workload/default/catalog-v1", "workload/default/catalog-v2", "workload/default/web"));
    }
}
