package dev.binnacle.app.insight;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/v1/query} answers, <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">as Prometheus documents
 * it</a>.
 */
record PrometheusAnswer(
        @Nullable String status,
        @Nullable Data data,
        @Nullable String error,
        @Nullable List<String> warnings) {
    private static final ObjectReader READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build()
            .readerFor(PrometheusAnswer.class);

    private static final String SUCCESS = "success";
    private static final String VECTOR = "vector";

    record Data(@Nullable String resultType, @Nullable List<Series> result) {}

    /** @param value its time in seconds and its value as text */
    record Series(
            @Nullable Map<String, String> metric, @Nullable List<Object> value) {}

    /**
     * Returns what the body says.
     *
     * @throws IOException when it cannot be read to its end, or is no JSON
     * @throws IllegalArgumentException when it is no answer to a query
     */
    static Answer read(InputStream body) throws IOException {
        PrometheusAnswer answer = READER.readValue(body);
        if (answer.error != null) {
            return new Answer.Missing("Prometheus refuses the query: " + answer.error);
        }
        if (answer.data == null
                || answer.data.result == null
                || !SUCCESS.equals(answer.status)
                || !VECTOR.equals(answer.data.resultType)) {
            throw new IllegalArgumentException("no vector");
        }
        var warnings = answer.warnings == null ? List.<String>of() : answer.warnings;
        return new Answer.Rows(
                answer.data.result.stream().map(PrometheusAnswer::row).toList(), warnings);
    }

    private static Row row(Series series) {
        var labels = series.metric == null ? Map.<String, String>of() : series.metric;
        if (series.value == null || series.value.size() != 2) {
            throw new IllegalArgumentException("a series has no value");
        }
        return new Row(labels, value(String.valueOf(series.value.get(1))));
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
