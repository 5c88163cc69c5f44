package dev.binnacle.app.insight;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Lines;
import dev.binnacle.insight.query.Row;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /api/v1/query} and {@code /api/v1/query_range} answer, <a href="https://prometheus.io/docs/prometheus/latest/querying/api/">as Prometheus documents
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
    private static final String MATRIX = "matrix";

    record Data(@Nullable String resultType, @Nullable List<Series> result) {}

    /**
     * @param value its time in seconds and its value as text
     * @param values the same, many times
     */
    record Series(
            @Nullable Map<String, String> metric,
            @Nullable List<Object> value,
            @Nullable List<List<Object>> values) {}

    /**
     * Returns what the body says.
     *
     * @throws IOException when it cannot be read to its end, or is no JSON
     * @throws IllegalArgumentException when it is no answer to a query
     */
    static Answer read(InputStream body) throws IOException {
        PrometheusAnswer answer = READER.readValue(body);
        return answer.error != null
                ? new Answer.Missing(refused(answer.error))
                : new Answer.Rows(
                        answer.series(VECTOR).stream()
                                .map(PrometheusAnswer::row)
                                .toList(),
                        answer.said());
    }

    /** Does the same for a query about many times. */
    static Lines readLines(InputStream body) throws IOException {
        PrometheusAnswer answer = READER.readValue(body);
        return answer.error != null
                ? new Lines.Missing(refused(answer.error))
                : new Lines.Drawn(
                        answer.series(MATRIX).stream()
                                .map(PrometheusAnswer::line)
                                .toList(),
                        answer.said());
    }

    private static String refused(String error) {
        return "Prometheus refuses the query: " + error;
    }

    private List<Series> series(String type) {
        if (data == null || data.result == null || !SUCCESS.equals(status) || !type.equals(data.resultType)) {
            throw new IllegalArgumentException("no " + type);
        }
        return data.result;
    }

    private List<String> said() {
        return warnings == null ? List.of() : warnings;
    }

    private static Row row(Series series) {
        if (series.value == null || series.value.size() != 2) {
            throw new IllegalArgumentException("a series has no value");
        }
        return new Row(labels(series), value(String.valueOf(series.value.get(1))));
    }

    private static Lines.Line line(Series series) {
        if (series.values == null) {
            throw new IllegalArgumentException("a series has no values");
        }
        var points = new TreeMap<Long, Double>();
        for (var point : series.values) {
            if (point.size() != 2 || !(point.get(0) instanceof Number time)) {
                throw new IllegalArgumentException("a point has no time");
            }
            points.put(Math.round(time.doubleValue()), value(String.valueOf(point.get(1))));
        }
        return new Lines.Line(labels(series), points);
    }

    private static Map<String, String> labels(Series series) {
        return series.metric == null ? Map.of() : series.metric;
    }

    private static double value(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
