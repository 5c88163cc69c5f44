package dev.binnacle.plugin.exporter.alertmanager;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.binnacle.spi.model.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/** Alerts as Alertmanager's API has them, version 2. */
record AlertsJson(Template summary, Template description, Template generatorUrl) {
    private static final JsonFactory JSON = new JsonFactory();

    byte[] of(List<Alert> alerts, Timing timing, Instant now) {
        var bytes = new ByteArrayOutputStream();
        try (var out = JSON.createGenerator(bytes)) {
            out.writeStartArray();
            for (var alert : alerts) {
                write(alert, timing, now, out);
            }
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private void write(Alert alert, Timing timing, Instant now, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeObjectFieldStart("labels");
        write(alert.labels(), out);
        out.writeEndObject();
        out.writeObjectFieldStart("annotations");
        writeUnlessEmpty("summary", summary.of(alert), out);
        writeUnlessEmpty("description", description.of(alert), out);
        out.writeEndObject();
        out.writeStringField("startsAt", alert.startsAt().toString());
        out.writeStringField("endsAt", alert.endsAt(timing, now).toString());
        writeUnlessEmpty("generatorURL", generatorUrl.urlOf(alert), out);
        out.writeEndObject();
    }

    private static void write(Labels labels, JsonGenerator out) throws IOException {
        for (var label : labels.toMap().entrySet()) {
            out.writeStringField(label.getKey(), label.getValue());
        }
    }

    private static void writeUnlessEmpty(String name, String text, JsonGenerator out) throws IOException {
        if (!text.isEmpty()) {
            out.writeStringField(name, text);
        }
    }
}
