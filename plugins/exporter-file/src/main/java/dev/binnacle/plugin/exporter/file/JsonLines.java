package dev.binnacle.plugin.exporter.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Samples as JSON, one in a line:
 *
 * <pre>{@code {"at":"2026-01-31T12:00:00.250Z","name":"http_requests_total","type":"counter","labels":{"code":"200"},"value":7.0}}</pre>
 *
 * <p>JSON has no number for them, so {@code "NaN"}, {@code "+Inf"} and {@code "-Inf"} are texts, and so is {@code "stale"}: the end of
 * a series.
 */
final class JsonLines {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonLines() {}

    static byte[] of(List<Sample> samples) {
        var bytes = new ByteArrayOutputStream();
        try (var out = JSON.createGenerator(bytes)) {
            out.setRootValueSeparator(null);
            for (Sample sample : samples) {
                write(out, sample);
                out.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, Sample sample) throws IOException {
        out.writeStartObject();
        out.writeStringField("at", sample.at().toString());
        out.writeStringField("name", sample.series().name());
        out.writeStringField("type", sample.series().family().type().text());
        writeLabels(out, sample.series().labels());
        writeValue(out, sample.value());
        out.writeEndObject();
    }

    private static void writeLabels(JsonGenerator out, Labels labels) throws IOException {
        out.writeObjectFieldStart("labels");
        for (var label : labels.toMap().entrySet()) {
            out.writeStringField(label.getKey(), label.getValue());
        }
        out.writeEndObject();
    }

    private static void writeValue(JsonGenerator out, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumberField("value", value);
        } else {
            out.writeStringField("value", word(value));
        }
    }

    private static String word(double value) {
        if (Staleness.isMarker(value)) {
            return "stale";
        }
        return Double.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
    }
}
