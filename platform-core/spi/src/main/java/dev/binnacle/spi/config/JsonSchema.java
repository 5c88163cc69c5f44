package dev.binnacle.spi.config;

import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Describes settings as JSON Schema (draft 2020-12), for editors, forms and whoever checks a configuration before it is used. */
public final class JsonSchema {
    private JsonSchema() {}

    /**
     * Returns the schema of an object with these settings, as JSON on one line. A value that the schema takes may still be refused:
     * {@link Settings#bind} decides.
     */
    public static String of(List<ConfigKey<?>> settings) {
        var properties = new StringJoiner(",", "{", "}");
        var required = new StringJoiner(",", "[", "]");
        for (var key : settings) {
            properties.add(quoted(key.name()) + ":" + property(key));
            if (key.fallback() == null) {
                required.add(quoted(key.name()));
            }
        }
        return "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"properties\":"
                + properties + ",\"required\":" + required + ",\"additionalProperties\":false}";
    }

    private static String property(ConfigKey<?> key) {
        var form = key.type().form();
        String start = "{\"type\":" + quoted(form.json());
        String pattern = form.pattern().isEmpty() ? "" : ",\"pattern\":" + quoted(form.pattern());
        return start + pattern + bound("minimum", form.least()) + bound("maximum", form.most()) + ",\"description\":"
                + quoted(key.description() + " (" + key.type().name() + ")") + fallback(key)
                + (form.secret() ? ",\"writeOnly\":true" : "") + "}";
    }

    private static String bound(String name, @Nullable Integer number) {
        return number == null ? "" : "," + quoted(name) + ":" + number;
    }

    private static String fallback(ConfigKey<?> key) {
        String text = key.fallback();
        if (text == null) {
            return "";
        }
        boolean isText = key.type().form().json().equals("string");
        return ",\"default\":"
                + (isText ? quoted(text) : String.valueOf(key.type().parser().apply(text)));
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }
}
