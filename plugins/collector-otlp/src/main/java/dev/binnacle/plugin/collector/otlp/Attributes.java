package dev.binnacle.plugin.collector.otlp;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Attributes as text: what is no text is written as JSON, bytes in Base64. */
final class Attributes {
    private Attributes() {}

    static Map<String, String> of(List<KeyValue> attributes) {
        var result = new TreeMap<String, String>();
        attributes.forEach(each -> result.put(each.getKey(), text(each.getValue())));
        return result;
    }

    private static String text(AnyValue value) {
        return value.hasStringValue() ? value.getStringValue() : json(value);
    }

    private static String json(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> quoted(value.getStringValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(Attributes::json)
                        .collect(Collectors.joining(",", "[", "]"));
            case KVLIST_VALUE ->
                value.getKvlistValue().getValuesList().stream()
                        .map(each -> quoted(each.getKey()) + ":" + json(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case BYTES_VALUE -> quoted(base64(value.getBytesValue()));
            default -> "";
        };
    }

    private static String base64(ByteString bytes) {
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String quoted(String text) {
        var result = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                result.append('\\').append(c);
            } else if (c < ' ') {
                result.append("\\u%04x".formatted((int) c));
            } else {
                result.append(c);
            }
        }
        return result.append('"').toString();
    }
}
