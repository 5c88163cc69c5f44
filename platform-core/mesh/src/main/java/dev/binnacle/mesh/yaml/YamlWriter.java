package dev.binnacle.mesh.yaml;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;

/**
 * Writes plain values (maps, lists, texts, numbers, booleans, and scalars as they were read) as block YAML that every parser reads the
 * same way.
 */
public final class YamlWriter {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/_][-A-Za-z0-9_./|]*");
    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** Returns {@code value} as YAML that ends with a line break. */
    public static String write(Object value) {
        var writer = new YamlWriter();
        writer.block(value, 0, false);
        return writer.out.toString();
    }

    private void block(Object value, int indent, boolean afterDash) {
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> mapping(map, indent, afterDash);
            case List<?> list when !list.isEmpty() -> list(list, indent, afterDash);
            default -> out.append(scalar(value)).append('\n');
        }
    }

    private void mapping(Map<?, ?> map, int indent, boolean afterDash) {
        boolean first = afterDash;
        for (var entry : map.entrySet()) {
            pad(first ? 0 : indent);
            first = false;
            out.append(scalar(String.valueOf(entry.getKey()))).append(':');
            nested(entry.getValue(), indent);
        }
    }

    private void nested(Object value, int indent) {
        boolean nested = value instanceof Map<?, ?> m && !m.isEmpty() || value instanceof List<?> l && !l.isEmpty();
        out.append(nested ? '\n' : ' ');
        block(value, indent + (value instanceof List<?> ? 0 : 2), false);
    }

    private void list(List<?> list, int indent, boolean afterDash) {
        boolean first = afterDash;
        for (var item : list) {
            pad(first ? 0 : indent);
            first = false;
            out.append("- ");
            block(item, indent + 2, true);
        }
    }

    private void pad(int spaces) {
        out.repeat(' ', spaces);
    }

    private static String scalar(Object value) {
        return switch (value) {
            case Map<?, ?> map -> "{}";
            case List<?> list -> "[]";
            case String text when PLAIN.matches(text) && ScalarType.ofPlain(text) == ScalarType.STRING -> text;
            case String text -> JSON.toJson(text);
            case YamlNode.Scalar written when written.type() == ScalarType.STRING -> scalar(written.text());
            case YamlNode.Scalar written -> written.text().isEmpty() ? "null" : written.text();
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1e15 -> String.valueOf(number.longValue());
            default -> String.valueOf(value);
        };
    }
}
