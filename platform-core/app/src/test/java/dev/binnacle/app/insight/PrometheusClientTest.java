package dev.binnacle.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusClientTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(30);

    private enum Asked {
        ONE,
        OTHER
    }

    private final AtomicInteger most = new AtomicInteger(100_000);
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private PrometheusClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        if (client != null) {
            client.stop();
        }
        server.stop(0);
    }

    @Test
    void rowsAndWarningsAreRead() {
        answers(query -> vector(
                "{\"metric\":{\"a\":\"x\\\"\\n\"},\"value\":[1.5,\"+Inf\"]},{\"metric\":{},\"value\":[1,\"NaN\"]}",
                "\"a store is away\""));

        assertThat(ask())
                .isEqualTo(new Answer.Rows(
                        List.of(new Row(Map.of("a", "x\"\n"), Double.POSITIVE_INFINITY), new Row(Map.of(), Double.NaN)),
                        List.of("a store is away")));
    }

    @Test
    void eachQuestionHasItsAnswer() {
        answers(query -> query.contains("query=up") ? vector("") : "{\"status\":\"error\",\"error\":\"parse error\"}");

        var answers = client(LONG).ask(Map.of(Asked.ONE, "up", Asked.OTHER, "sum("), AT);

        assertThat(answers)
                .isEqualTo(Map.of(
                        Asked.ONE,
                        new Answer.Rows(List.of(), List.of()),
                        Asked.OTHER,
                        new Answer.Missing("Prometheus refuses the query: parse error")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>sign in</html>",
                "",
                "{}",
                "[]",
                "{\"status\":\"success\"}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"x\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"a\":"
            })
    void whatIsNoAnswerIsSaidToBeNone(String body) {
        answers(query -> body);

        assertThat(ask())
                .isEqualTo(new Answer.Missing("what answers at 127.0.0.1:"
                        + server.getAddress().getPort()
                        + " with status 200 is not the API of Prometheus: see binnacle.prometheus.url"));
    }

    @Test
    void anAnswerThatIsTooLargeIsNotReadToItsEnd() {
        most.set(1_000);
        answers(query -> vector("", "\"" + "x".repeat(2_000) + "\""));

        assertThat(ask())
                .isEqualTo(
                        new Answer.Missing(
                                "the answer of Prometheus is larger than 1000 bytes, which is binnacle.insight.largest-answer"));
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedFor() {
        server.createContext("/", exchange -> hang());

        assertThat(ask(Duration.ofMillis(200)))
                .isEqualTo(new Answer.Missing("Prometheus did not answer within 200 ms"));
    }

    @Test
    void norIsOneThatComesInPart() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"status\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            hang();
        });

        assertThat(ask(Duration.ofMillis(500)))
                .isEqualTo(new Answer.Missing("Prometheus did not answer within 500 ms"));
    }

    @Test
    void nobodyThereIsAnAnswerToo() {
        server.stop(0);

        assertThat(ask())
                .isInstanceOfSatisfying(
                        Answer.Missing.class,
                        missing -> assertThat(missing.reason()).startsWith("Prometheus does not answer at 127.0.0.1:"));
    }

    private void hang() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answers(Function<String, String> byQuery) {
        server.createContext("/prefix/api/v1/query", exchange -> answer(exchange, byQuery));
    }

    private static void answer(HttpExchange exchange, Function<String, String> byQuery) throws IOException {
        try (exchange) {
            var query = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(query).contains("&time=2026-01-01T00:00:00Z&timeout=");
            var body = byQuery.apply(query).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String vector(String result) {
        return vector(result, "");
    }

    private static String vector(String result, String warnings) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + result + "]},\"warnings\":["
                + warnings + "],\"infos\":[\"new\"]}";
    }

    private Answer ask() {
        return ask(LONG);
    }

    private Answer ask(Duration timeout) {
        return client(timeout).ask(Map.of(Asked.ONE, "up"), AT).get(Asked.ONE);
    }

    private PrometheusClient client(Duration timeout) {
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prefix/");
        client = new PrometheusClient(() -> url, new Patience(timeout, most.get()));
        return client;
    }
}
