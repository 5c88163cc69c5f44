package dev.binnacle.local.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PodAgentTest {
    private static final String ENVOY = "# TYPE istio_requests_total counter\nistio_requests_total{a=\"b\"} 7\n"
            + "# TYPE shared gauge\nshared 1\n";
    private static final String APPLICATION =
            "# TYPE jvm_threads gauge\njvm_threads 3\n# TYPE shared gauge\nshared 2\n";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean ready = new AtomicBoolean();
    private final CountDownLatch testOver = new CountDownLatch(1);
    private HttpServer pod;
    private PodAgent agent;

    @BeforeEach
    void start() throws IOException {
        pod = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        pod.setExecutor(threads);
        serve("/envoy", ENVOY);
        serve("/app", APPLICATION);
        serve("/endless", "x".repeat(17 * 1024 * 1024));
        pod.createContext("/hanging", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("half".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitEnd();
        });
        pod.start();
    }

    @AfterEach
    void stop() {
        testOver.countDown();
        agent.close();
        pod.stop(0);
        client.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void bothHalvesAreInOneAnswerAndSharedFamiliesComeFromTheSidecar() throws Exception {
        agent = agent("/envoy", "/app");

        var answer = scrape();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("istio_requests_total{a=\"b\"} 7", "jvm_threads 3", "shared 1")
                .contains("istio_agent_scrapes_total 1", "binnacle_agent_dropped_families_total 1")
                .doesNotContain("shared 2");
    }

    @Test
    void aMissingHalfIsCountedAndTheOtherIsServed() throws Exception {
        agent = agent("/envoy", "/nowhere");

        scrape();
        var answer = scrape();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("istio_requests_total{a=\"b\"} 7")
                .contains("istio_agent_scrape_failures_total{type=\"application\"} 2")
                .contains("istio_agent_scrape_failures_total{type=\"envoy\"} 0");
    }

    @Test
    void anApplicationThatHangsInTheMiddleOfItsAnswerDoesNotHangTheScrape() throws Exception {
        agent = agent("/envoy", "/hanging");

        long begun = System.nanoTime();
        var answer = scrape();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));
        assertThat(answer.body())
                .contains("istio_requests_total", "istio_agent_scrape_failures_total{type=\"application\"} 1");
    }

    @Test
    void anEndlessAnswerIsAFailureAndNotAFullMemory() throws Exception {
        agent = agent("/envoy", "/endless");

        assertThat(scrape().body()).contains("istio_agent_scrape_failures_total{type=\"application\"} 1");
    }

    @Test
    void readinessFollowsThePod() throws Exception {
        agent = agent("/envoy", "/app");
        String url = "http://127.0.0.1:" + agent.readinessPort() + "/healthz/ready";

        assertThat(get(url).statusCode()).isEqualTo(503);
        ready.set(true);
        assertThat(get(url).statusCode()).isEqualTo(200);
    }

    private PodAgent agent(String envoy, String application) throws IOException {
        var merged = new MergedMetrics(client, uri(envoy), uri(application), Instant.EPOCH);
        return PodAgent.start("127.0.0.1", 0, 0, ready::get, merged, threads);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + pod.getAddress().getPort() + path);
    }

    private HttpResponse<String> scrape() throws Exception {
        return get("http://127.0.0.1:" + agent.metricsPort() + "/stats/prometheus");
    }

    private HttpResponse<String> get(String url) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("X-Prometheus-Scrape-Timeout-Seconds", "4")
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void serve(String path, String text) {
        pod.createContext(path, exchange -> {
            try (exchange) {
                byte[] body = text.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private void awaitEnd() {
        try {
            testOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
