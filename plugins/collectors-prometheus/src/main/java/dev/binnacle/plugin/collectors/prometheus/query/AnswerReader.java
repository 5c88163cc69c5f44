package dev.binnacle.plugin.collectors.prometheus.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.binnacle.prometheus.exposition.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one answer of Prometheus' API as it comes, and no more of it than it may have. */
final class AnswerReader {
    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_REMARKS = 100;

    /** Keeps nothing between two answers: names are as many as the server likes, and threads outlive the plugin. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private final JsonParser json;
    private final int mostSeries;
    private final List<Point> points = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private String status = "";
    private String errorType = "";
    private String error = "";
    private String type = "";
    private int histograms;

    private AnswerReader(JsonParser json, int mostSeries) {
        this.json = json;
        this.mostSeries = mostSeries;
    }

    /**
     * Returns what {@code body} says.
     *
     * @throws AnswerException when that is an error, of a type that cannot be passed on, or no answer of this API
     */
    static Answer read(InputStream body, int mostSeries) throws IOException {
        try (var json = JSON.createParser(body)) {
            return new AnswerReader(json, mostSeries).read();
        } catch (JsonProcessingException e) {
            throw new AnswerException("the answer is not JSON: " + e.getOriginalMessage());
        }
    }

    private Answer read() throws IOException {
        json.nextToken();
        JsonFields.object(json, "an object", this::field);
        if (json.nextToken() != null) {
            throw new AnswerException("the answer has something behind its end");
        }
        if (status.equals("error")) {
            throw new AnswerException(errorType + ": " + error);
        }
        if (!status.equals("success") || type.isEmpty()) {
            throw new AnswerException("the answer is not one of Prometheus' API: it has no status or no result");
        }
        return new Answer(points, histograms, remarks);
    }

    private boolean field(String field) throws IOException {
        switch (field) {
            case "status" -> status = JsonFields.text(json, "the status");
            case "errorType" -> errorType = JsonFields.text(json, "the type of the error");
            case "error" -> error = JsonFields.text(json, "the error");
            case "warnings", "infos" -> JsonFields.list(json, "the list of " + field, this::remark);
            case "data" -> {
                return data();
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void remark() throws IOException {
        String text = JsonFields.text(json, "a warning");
        if (remarks.size() < MOST_REMARKS) {
            remarks.add(text);
        }
    }

    /** An error's data may be null. */
    private boolean data() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return false;
        }
        JsonFields.object(json, "the data", this::dataField);
        return true;
    }

    private boolean dataField(String field) throws IOException {
        switch (field) {
            case "resultType" -> type = known(JsonFields.text(json, "the type of the result"));
            case "result" -> result();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String known(String type) throws AnswerException {
        return switch (type) {
            case "vector", "scalar" -> type;
            case "matrix" ->
                throw new AnswerException("the query gives a matrix, many values of each series; only one value can be"
                        + " passed on: use a function such as rate or last_over_time");
            case "string" -> throw new AnswerException("the query gives a string, and only numbers can be passed on");
            default -> throw new AnswerException("the answer is of a type that is not known");
        };
    }

    private void result() throws IOException {
        switch (type) {
            case "vector" -> JsonFields.list(json, "the result", this::series);
            case "scalar" -> points.add(value().of(Map.of()));
            default -> throw new AnswerException("the answer has its result before the result's type");
        }
    }

    private void series() throws IOException {
        if (points.size() + histograms >= mostSeries) {
            throw new AnswerException("the answer has more than " + mostSeries + " series (max-series)");
        }
        var series = new Series();
        JsonFields.object(json, "a series", series::field);
        if (series.value != null) {
            points.add(series.value.of(series.labels));
        } else if (series.isHistogram) {
            histograms++;
        } else {
            throw new AnswerException("the answer is not one of Prometheus' API: a series has no value");
        }
    }

    /** Reads {@code [time, "value"]}. */
    private Value value() throws IOException {
        JsonFields.require(json, JsonToken.START_ARRAY, "a value");
        json.nextToken();
        if (json.currentToken() == null || !json.currentToken().isNumeric()) {
            throw new AnswerException("the answer has a value without a time");
        }
        double seconds = json.getDoubleValue();
        json.nextToken();
        String text = JsonFields.text(json, "a value");
        json.nextToken();
        JsonFields.require(json, JsonToken.END_ARRAY, "the end of a value");
        try {
            return new Value(Numbers.parse(text), Instant.ofEpochMilli(Math.round(seconds * 1000)));
        } catch (NumberFormatException e) {
            throw new AnswerException("the answer has a value that is no number");
        }
    }

    private record Value(double value, Instant at) {
        Point of(Map<String, String> labels) {
            return new Point(labels, value, at);
        }
    }

    /** A series while it is read. */
    private final class Series {
        private final Map<String, String> labels = new LinkedHashMap<>();
        private @Nullable Value value;
        private boolean isHistogram;

        boolean field(String field) throws IOException {
            switch (field) {
                case "metric" -> JsonFields.object(json, "the labels of a series", this::label);
                case "value" -> value = value();
                case "histogram" -> {
                    isHistogram = true;
                    return false;
                }
                default -> {
                    return false;
                }
            }
            return true;
        }

        private boolean label(String name) throws IOException {
            labels.put(name, JsonFields.text(json, "a label's value"));
            return true;
        }
    }
}
