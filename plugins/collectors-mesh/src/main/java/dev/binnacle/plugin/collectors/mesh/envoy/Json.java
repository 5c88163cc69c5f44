package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Values of Envoy's JSON, which is proto JSON: large integers are strings, and what is zero is left out. */
final class Json {
    private Json() {}

    static String text(JsonNode parent, String field) throws UnexpectedPageException {
        var value = parent.path(field);
        if (!value.isTextual()) {
            throw new UnexpectedPageException("the field " + field + " is missing");
        }
        return value.textValue();
    }

    /** Returns a count or gauge, zero when it is left out. */
    static double number(JsonNode parent, String field) throws UnexpectedPageException {
        var value = parent.path(field);
        if (value.isMissingNode()) {
            return 0;
        }
        try {
            return Double.parseDouble(value.asText());
        } catch (NumberFormatException e) {
            throw new UnexpectedPageException("the field " + field + " is no number: " + value);
        }
    }

    /** Returns a duration such as {@code 3s} or {@code 0.5s} in seconds, zero when it is left out. */
    static double seconds(JsonNode parent, String field) throws UnexpectedPageException {
        String text = parent.path(field).asText("0s");
        try {
            return Double.parseDouble(text.endsWith("s") ? text.substring(0, text.length() - 1) : text);
        } catch (NumberFormatException e) {
            throw new UnexpectedPageException("the field " + field + " is no duration: " + text);
        }
    }

    static Instant time(JsonNode parent, String field) throws UnexpectedPageException {
        String text = text(parent, field);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new UnexpectedPageException("the field " + field + " is no time: " + text);
        }
    }
}
