package dev.binnacle.local.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.mesh.kubernetes.Workload.Container;
import dev.binnacle.mesh.kubernetes.Workload.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeSessionTest {
    private final List<String> verdicts = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(503);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer application;

    @BeforeEach
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        application.createContext("/ready", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(status.get(), -1);
            }
        });
        application.start();
    }

    @AfterEach
    void stop() {
        application.stop(0);
        client.shutdownNow();
    }

    @Test
    void anApplicationIsReadySoonAfterItsProbePassesHoweverLongTheProbesPeriod() {
        try (var session = session(new Container("main", List.of(), Map.of(), probe(3600, 1), null, null))) {
            status.set(200);

            await().atMost(Duration.ofSeconds(3)).until(() -> verdicts.contains("ready"));
            assertThat(session).isNotNull();
        }
    }

    @Test
    void anApplicationWithoutProbeIsReadyAtOnce() {
        try (var session = session(new Container("main", List.of(), Map.of(), null, null, null))) {
            await().until(() -> verdicts.equals(List.of("ready")));
            assertThat(session).isNotNull();
        }
    }

    @Test
    void afterEnoughFailuresItIsNoLongerReady() {
        status.set(200);
        try (var session = session(new Container("main", List.of(), Map.of(), probe(1, 1), null, null))) {
            await().until(() -> verdicts.equals(List.of("ready")));

            status.set(500);

            await().atMost(Duration.ofSeconds(4)).until(() -> verdicts.equals(List.of("ready", "not ready")));
            assertThat(session).isNotNull();
        }
    }

    @Test
    void aFailedLivenessProbeAsksForARestart() {
        try (var session = session(new Container("main", List.of(), Map.of(), null, probe(1, 1), null))) {
            await().atMost(Duration.ofSeconds(4)).until(() -> verdicts.contains("restart: liveness"));
            assertThat(session).isNotNull();
        }
    }

    @Test
    void anApplicationThatDoesNotStartInItsTimeIsStartedAnew() {
        try (var session = session(new Container("main", List.of(), Map.of(), null, null, probe(1, 1)))) {
            await().atMost(Duration.ofSeconds(4)).until(() -> verdicts.equals(List.of("restart: startup")));
            assertThat(session).isNotNull();
        }
    }

    private Probe probe(int period, int failures) {
        return new Probe("http", application.getAddress().getPort(), "/ready", 0, period, 1, failures, 1);
    }

    private ProbeSession session(Container container) {
        return new ProbeSession(new ProbeCheck(client), container, "127.0.0.1", new ProbeSession.Listener() {
            @Override
            public void readiness(boolean ready) {
                verdicts.add(ready ? "ready" : "not ready");
            }

            @Override
            public void unhealthy(String probe) {
                verdicts.add("restart: " + probe);
            }
        });
    }
}
