package dev.binnacle.plugin.collectors.prometheus;

import static dev.binnacle.plugin.collectors.prometheus.Queries.answer;
import static dev.binnacle.plugin.collectors.prometheus.Queries.series;
import static dev.binnacle.plugin.collectors.prometheus.Queries.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.plugin.collectors.prometheus.FakeTarget.Answer;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.config.InvalidConfigException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of answers, good and bad. */
class QueryTest {
    private static final String ONE = "- {name: q, expr: up}\n";

    @TempDir
    Path folder;

    private FakeTarget server;

    @BeforeEach
    void serve() throws IOException {
        server = FakeTarget.serving("");
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aVectorPassesWithTheQuerysNameAndTheLabelsThatAreKept() throws Exception {
        server.answer(vector(series("\"__name__\":\"up\",\"app\":\"a\",\"pod\":\"a-1\"", "1") + ","
                + series("\"app\":\"b\",\"cluster\":\"old\"", "-Inf") + "," + series("\"app\":\"c\"", "NaN")));
        try (var queries = queries("- {name: q, expr: 'up{a=\"ü&+\"}', keep: [app], labels: {cluster: here}}\n")) {
            assertThat(queries.collect())
                    .containsEntry("q{app=\"a\",cluster=\"here\"}", 1.0)
                    .containsEntry("q{app=\"b\",cluster=\"here\"}", Double.NEGATIVE_INFINITY)
                    .containsEntry("q{app=\"c\",cluster=\"here\"}", Double.NaN)
                    .containsEntry("binnacle_query_up{query=\"q\"}", 1.0)
                    .containsEntry("binnacle_query_series{query=\"q\"}", 3.0)
                    .containsEntry("binnacle_query_remarks{query=\"q\"}", 0.0)
                    .hasSize(6);
        }
        assertThat(server.requests().getFirst())
                .startsWith("GET /api/v1/query?timeout=3000ms&query=up%7Ba%3D%22%C3%BC%26%2B%22%7D HTTP/1.1\n");
    }

    @Test
    void samplesHaveTheServersTime() throws Exception {
        server.answer(vector(series("", "1")));
        try (var queries = queries(ONE)) {
            assertThat(queries.collector().collect(Queries.AT.plusSeconds(60)))
                    .filteredOn(sample -> sample.series().name().equals("q"))
                    .singleElement()
                    .satisfies(sample -> assertThat(sample.at()).isEqualTo(Queries.AT));
        }
    }

    @Test
    void aScalarIsOneSeries() throws Exception {
        server.answer(answer("200 OK", """
                {"data":{"resultType":"scalar","result":[1767225600.25,"4.5e3"]},"status":"success"}"""));
        try (var queries = queries(ONE)) {
            assertThat(queries.collect()).containsEntry("q{}", 4500.0);
        }
    }

    @Test
    void anEmptyAnswerIsAnAnswer() throws Exception {
        server.answer(vector(""));
        try (var queries = queries(ONE)) {
            assertThat(queries.collect())
                    .containsEntry("binnacle_query_up{query=\"q\"}", 1.0)
                    .containsEntry("binnacle_query_series{query=\"q\"}", 0.0);
        }
    }

    @Test
    void warningsAndInfosAreCounted() throws Exception {
        server.answer(answer("200 OK", """
                {"status":"success","isPartial":true,"data":{"resultType":"vector","stats":{"a":[1]},"result":[%s]},
                 "warnings":["one"],"infos":["two","three"]}""".formatted(series("", "1"))));
        try (var queries = queries(ONE)) {
            assertThat(queries.collect())
                    .containsEntry("q{}", 1.0)
                    .containsEntry("binnacle_query_remarks{query=\"q\"}", 3.0);
        }
    }

    @Test
    void seriesKeepTheirNamesWhenTheyShould() throws Exception {
        server.answer(vector(String.join(
                ",",
                series("\"__name__\":\"a_total\"", "1"),
                series("\"__name__\":\"b:sum\"", "2"),
                series("\"__name__\":\"http.requests\"", "3"),
                series("\"__name__\":\"binnacle_query_up\",\"query\":\"q\"", "4"),
                series("\"no\":\"name\"", "5"),
                series("\"__name__\":\"a_total\",\"my.label\":\"x\"", "6"))));
        try (var queries = queries("- {name: q, expr: '{__name__=~\".+\"}', keep_names: true}\n")) {
            assertThat(queries.collect())
                    .containsEntry("a_total{}", 1.0)
                    .containsEntry("b:sum{}", 2.0)
                    .containsEntry("binnacle_query_up{query=\"q\"}", 1.0)
                    .containsEntry("binnacle_query_series{query=\"q\"}", 2.0)
                    .containsEntry("binnacle_query_dropped_series_total{query=\"q\",reason=\"name\"}", 3.0)
                    .containsEntry("binnacle_query_dropped_series_total{query=\"q\",reason=\"label\"}", 1.0);
        }
    }

    @Test
    void histogramsAreCounted() throws Exception {
        server.answer(vector(series("\"a\":\"b\"", "1") + """
                ,{"metric":{"__name__":"h"},"histogram":[1767225600.25,{"count":"3","buckets":[[0,"1","2","3"]]}]}"""));
        try (var queries = queries(ONE)) {
            queries.collect();
            assertThat(queries.collect())
                    .containsEntry("q{a=\"b\"}", 1.0)
                    .containsEntry("binnacle_query_dropped_series_total{query=\"q\",reason=\"histogram\"}", 2.0);
        }
    }

    @Test
    void nothingOfAnAnswerIsTakenWhenItsSeriesBecomeTheSame() throws Exception {
        server.answer(
                vector(series("\"app\":\"a\",\"pod\":\"1\"", "1") + "," + series("\"app\":\"a\",\"pod\":\"2\"", "2")));
        try (var queries = queries("- {name: narrow, expr: up, keep: [app]}\n- {name: wide, expr: up}\n")) {
            assertThat(queries.collect())
                    .doesNotContainKey("narrow{app=\"a\"}")
                    .containsEntry("binnacle_query_up{query=\"narrow\"}", 0.0)
                    .containsEntry("binnacle_query_dropped_series_total{query=\"narrow\",reason=\"ambiguous\"}", 2.0)
                    .containsEntry("binnacle_query_up{query=\"wide\"}", 1.0)
                    .containsEntry("wide{app=\"a\",pod=\"2\"}", 2.0);
        }
        try (var queries = queries("- {name: narrow, expr: up, keep: [app]}\n")) {
            assertThatThrownBy(queries::collect)
                    .hasMessageContaining("several series become narrow{app=\"a\"}")
                    .hasMessageContaining("aggregate them in the query");
        }
    }

    @Test
    void whatTwoQueriesGivePassesOnce() throws Exception {
        server.answer(vector(series("\"__name__\":\"a\"", "1")));
        try (var queries =
                queries("- {name: one, expr: a, keep_names: true}\n- {name: two, expr: a, keep_names: true}\n")) {
            assertThat(queries.collect())
                    .containsEntry("a{}", 1.0)
                    .containsEntry("binnacle_query_series{query=\"two\"}", 0.0)
                    .containsEntry("binnacle_query_dropped_series_total{query=\"two\",reason=\"duplicate\"}", 1.0);
        }
    }

    static List<Arguments> badAnswers() {
        return List.of(
                bad(
                        200,
                        "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse\\u0007 <b>\\nerror\"}",
                        "bad_data: parse <b> error"),
                bad(
                        422,
                        "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}",
                        "the server answers 422, execution: too many samples"),
                bad(
                        503,
                        "{\"status\":\"error\",\"errorType\":\"timeout\",\"error\":\"late\",\"data\":null}",
                        "the server answers 503, timeout: late"),
                bad(429, "{\"message\":\"slow down\"}", "the server answers 429"),
                bad(500, "not json", "the server answers 500"),
                bad(200, "", "an object is not where it should be"),
                bad(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[", "not JSON"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}",
                        "the query gives a matrix"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[1,\"x\"]}}",
                        "the query gives a string"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\",\"result\":[]}}",
                        "type that is not known"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"result\":[],\"resultType\":\"vector\"}}",
                        "its result before the result's type"),
                bad(200, "{\"status\":\"success\"}", "no status or no result"),
                bad(200, "{\"data\":{\"resultType\":\"vector\",\"result\":[]}}", "no status or no result"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}}",
                        "a series has no value"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[\"x\",\"1\"]}]}}",
                        "a value without a time"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1767225600,\"0x10\"]}]}}",
                        "a value that is no number"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1767229999,\"1\"]}]}}",
                        "the server says it is 2026-01-01T01:13:19Z, and here it is"),
                bad(
                        200,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}{}",
                        "something behind its end"),
                bad(200, "[".repeat(100_000), "an object is not where it should be"),
                bad(200, "{\"a\":" + "[".repeat(100_000), "not JSON"));
    }

    private static Arguments bad(int status, String body, String message) {
        return Arguments.of(status, body, message);
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void nothingIsTakenOfABadAnswerAndTheReasonIsSaid(int status, String body, String message) throws Exception {
        server.answer(answer(status + " X", body));
        try (var queries = queries(ONE)) {
            assertThatThrownBy(queries::collect)
                    .isInstanceOf(CollectionException.class)
                    .hasMessageStartingWith("http://" + server.address() + ": ")
                    .hasMessageContaining(message);
        }
    }

    @Test
    void aPageForPeopleIsNoAnswer() throws Exception {
        server.answer(
                FakeTarget.answer("200 OK", "Content-Type: text/html\r\n", "<html>".getBytes(StandardCharsets.UTF_8)));
        try (var queries = queries(ONE)) {
            assertThatThrownBy(queries::collect).hasMessageContaining("answers with 'text/html', not JSON");
        }
    }

    @Test
    void endlessAnswersEnd() throws Exception {
        byte[] more = (series("\"a\":\"b\"", "1") + ",").repeat(1000).getBytes(StandardCharsets.UTF_8);
        Answer endless = out -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.write("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                    .getBytes(StandardCharsets.UTF_8));
            while (true) {
                out.write(more);
            }
        };
        server.answer(endless);
        try (var bySeries = queries(ONE);
                var byBytes = queries(ONE, "max-answer-bytes", "100000")) {
            assertThatThrownBy(bySeries::collect).hasMessageContaining("more than 10000 series (max-series)");
            assertThatThrownBy(byBytes::collect).hasMessageContaining("longer than 100000 bytes");
        }
    }

    @Test
    void aSlowQueryDoesNotHideTheOthers() throws Exception {
        Path file = Files.writeString(
                folder.resolve("queries.yml"),
                "url: http://" + server.address()
                        + "\ntimeout: 500ms\nqueries: [{name: one, expr: up}, {name: other, expr: up}]\n");
        var first = new AtomicBoolean(true);
        server.answer(out -> {
            if (first.getAndSet(false)) {
                vector(series("", "1")).write(out);
            }
        });
        try (var queries = Queries.of(file)) {
            var values = queries.collect();
            assertThat(List.of(
                            values.get("binnacle_query_up{query=\"one\"}"),
                            values.get("binnacle_query_up{query=\"other\"}")))
                    .containsExactlyInAnyOrder(0.0, 1.0);
        }
    }

    @Test
    void noMessageHasASecret() throws Exception {
        server.answer(answer("401 X", """
                {"status":"error","errorType":"unauthorized","error":"not you, me:s3cret-word (bWU6czNjcmV0LXdvcmQ=)"}"""));
        Path file = Files.writeString(
                folder.resolve("queries.yml"),
                "url: http://" + server.address()
                        + "\nbasic_auth: {username: me, password: s3cret-word}\nqueries: [{name: q, expr: up}]\n");
        try (var queries = Queries.of(file)) {
            assertThatThrownBy(queries::collect)
                    .hasMessageContaining("not you, me:<secret> (<secret>)")
                    .hasMessageNotContaining("s3cret")
                    .hasMessageNotContaining("bWU6");
        }
        assertThat(server.requests().getFirst()).contains("Authorization: Basic bWU6czNjcmV0LXdvcmQ=\n");
    }

    @Test
    void credentialsDoNotFollowARedirectAndMetadataIsNotReached() throws Exception {
        Path file = Files.writeString(
                folder.resolve("queries.yml"),
                "url: http://" + server.address()
                        + "\nauthorization: {credentials: token}\nqueries: [{name: q, expr: up}]\n");
        try (var elsewhere = FakeTarget.answering(vector(series("", "1")));
                var queries = Queries.of(file)) {
            server.answer(
                    FakeTarget.answer("302 X", "Location: http://" + elsewhere.address() + "/x\r\n", new byte[0]));
            assertThat(queries.collect()).containsEntry("q{}", 1.0);
            assertThat(elsewhere.requests().getFirst()).startsWith("GET /x ").doesNotContain("Authorization");
            server.answer(FakeTarget.answer("302 X", "Location: http://169.254.169.254/latest\r\n", new byte[0]));
            assertThatThrownBy(queries::collect).hasMessageContaining("169.254.169.254 are refused");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queries: [{name: q, expr: up}]",
                "url: http://me:s3cret@host\nqueries: [{name: q, expr: up}]",
                "url: http://host/?a=s3cret\nqueries: [{name: q, expr: up}]",
                "url: ftp://host\nqueries: [{name: q, expr: up}]",
                "url: http://host",
                "url: http://host\nqueries: [{name: a.b, expr: up}]",
                "url: http://host\nqueries: [{name: q}]",
                "url: http://host\nqueries: [{name: q, expr: ' '}]",
                "url: http://host\nqueries: [{name: q, expr: a}, {name: q, expr: b}]",
                "url: http://host\nqueries: [{name: q, expr: a, labels: {a.b: c}}]",
                "url: http://host\nqueries: [{name: q, expr: a, drop: [x]}]",
                "url: http://host\ntimeout: 0\nqueries: [{name: q, expr: a}]",
            })
    void aWrongFileIsRefusedByLineAndWithoutItsSecrets(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("queries.yml"), text);
        assertThatThrownBy(() -> Queries.of(file))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("queries.yml:")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void anInterruptedRunLeavesNothingBehind() throws Exception {
        server.answer(out -> {});
        try (var queries = queries(ONE)) {
            var thread = Thread.ofPlatform().start(() -> {
                try {
                    queries.collect();
                } catch (Exception e) {
                    // It is what is waited for.
                }
            });
            Awaitility.await().until(() -> !server.requests().isEmpty());
            thread.interrupt();
            assertThat(thread.join(Duration.ofSeconds(2))).isTrue();
            server.answer(vector(series("", "1")));
            assertThat(queries.collect()).containsEntry("q{}", 1.0);
        }
    }

    private Queries queries(String text, String... settings) throws Exception {
        return Queries.of(Queries.file(folder, server.address(), text), settings);
    }
}
