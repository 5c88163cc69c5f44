package dev.binnacle.app.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.binnacle.app.api.ProblemException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusPassThroughTest {
    private StandIn prometheus;
    private PrometheusPassThrough pass;

    @BeforeEach
    void start() throws IOException {
        prometheus = new StandIn();
        pass = new PrometheusPassThrough(prometheus::url, new Patience(Duration.ofMillis(500), 1_000));
    }

    @AfterEach
    void stop() {
        pass.stop();
        prometheus.close();
    }

    @Test
    void anErrorIsHandedBackAsItIs() {
        String error = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"1:5: parse error\"}";
        prometheus.answers(400, error);

        var passed = pass.post("query", of("query", "sum(", "time", "1"));

        assertThat(passed.status()).isEqualTo(400);
        assertThat(new String(passed.body(), StandardCharsets.UTF_8)).isEqualTo(error);
        assertThat(prometheus.asked()).containsExactly("POST /api/v1/query query=sum%28&time=1&timeout=500ms");
    }

    @Test
    void labelsAreAskedForByGet() {
        prometheus.answers(200, "{\"status\":\"success\",\"data\":[],\"warnings\":[\"a store is away\"]}");

        assertThat(pass.get("label/job/values", of("match[]", "up")).status()).isEqualTo(200);
        assertThat(prometheus.asked()).containsExactly("GET /api/v1/label/job/values?match%5B%5D=up&timeout=500ms ");
    }

    @Test
    void onlyWhatIsAQuestionPasses() {
        assertThatThrownBy(() -> pass.post("query", of("query", "up", "timeout", "1h")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("timeout does not pass; what passes is end, limit");
        assertThatThrownBy(() -> pass.post("query", of("query", "x".repeat(PrometheusPassThrough.LONGEST + 1))))
                .hasMessageContaining("The question has 16385 characters, and may have 16384");
        assertThat(prometheus.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>sign in</html>",
                "",
                "[]",
                "{}",
                "{\"data\":{\"status\":1}}",
                "{\"status\":\"success\",\"data\":"
            })
    void whatIsNoAnswerIsNotHandedOn(String body) {
        prometheus.answers(200, body);

        assertThatThrownBy(() -> pass.post("query", of("query", "up")))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(502);
                    assertThat(e.problem().detail()).contains("is not the API of Prometheus");
                });
    }

    @Test
    void anAnswerThatIsTooLargeOrTooLateIsNone() {
        prometheus.answers(200, "{\"status\":\"" + "x".repeat(2_000) + "\"}");
        assertThatThrownBy(() -> pass.post("query", of("query", "up"))).hasMessageContaining("larger than 1000 bytes");

        prometheus.hangs();
        assertThatThrownBy(() -> pass.post("query", of("query", "up")))
                .hasMessageContaining("Prometheus did not answer within 500 ms");
    }

    @Test
    void onlySoManyAreAskedAtOnce() throws Exception {
        pass.stop();
        pass = new PrometheusPassThrough(prometheus::url, new Patience(Duration.ofSeconds(30), 1_000));
        prometheus.hangs();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PrometheusPassThrough.AT_ONCE; i++) {
                people.submit(() -> pass.post("query", of("query", "up")));
            }
            await().until(() -> prometheus.asked().size() == PrometheusPassThrough.AT_ONCE);

            assertThatThrownBy(() -> pass.post("query", of("query", "up")))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().status()).isEqualTo(503));
            prometheus.close();
        }
    }

    private static MultivaluedMap<String, String> of(String... namesAndValues) {
        var map = new MultivaluedHashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
