package dev.binnacle.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ControlServerTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<String> state = new AtomicReference<>("free");
    private ControlServer control;

    @BeforeEach
    void start() throws IOException {
        control = ControlServer.start("127.0.0.1", new OnePod(), threads);
    }

    @AfterEach
    void stop() {
        control.close();
        client.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void withoutTheTokenNobodyIsAnswered() throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(control.url() + "/status")).build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void aPlaceIsHeldForAsLongAsTheConnectionIsOpen() throws Exception {
        var response = client.send(hold("catalog-v1"), HttpResponse.BodyHandlers.ofInputStream());

        byte[] firstLine = response.body().readNBytes(20);
        assertThat(new String(firstLine, java.nio.charset.StandardCharsets.UTF_8))
                .startsWith("{\"name\":\"catalog-v1");
        assertThat(state).hasValue("held");

        response.body().close();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(state).hasValue("released"));
    }

    @Test
    void whatDoesNotRunCannotBeHeld() throws Exception {
        assertThat(client.send(hold("nobody"), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
        assertThat(state).hasValue("free");
    }

    private HttpRequest hold(String name) {
        return HttpRequest.newBuilder(URI.create(control.url() + "/hold?name=" + name))
                .header("Authorization", "Bearer " + control.token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }

    private final class OnePod implements ControlServer.Requests {
        @Override
        public StatusReport status() {
            throw new IllegalStateException("not asked in these tests");
        }

        @Override
        public Optional<HeldProcess> hold(String name) {
            if (!name.equals("catalog-v1")) {
                return Optional.empty();
            }
            state.set("held");
            return Optional.of(new HeldProcess("catalog-v1-0.default", "catalog", Map.of(), List.of()));
        }

        @Override
        public void release(HeldProcess held) {
            state.set("released");
        }

        @Override
        public int rotateCertificates() {
            return 0;
        }
    }
}
