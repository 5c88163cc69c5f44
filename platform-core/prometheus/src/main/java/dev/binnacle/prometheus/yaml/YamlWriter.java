package dev.binnacle.prometheus.yaml;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Writes maps, lists, texts, numbers and flags as YAML in blocks, in the order of the maps.
 *
 * <p>A text stays a text, whatever it holds: {@code on}, {@code 1.10}, quotes, braces, line breaks. Texts of several lines are
 * written as literal blocks where YAML can. Comments are {@link Commented}.
 */
public final class YamlWriter {
    private static final Set<String> NOT_TEXTS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");
    private static final int LONGEST_WORD = 5;
    private static final Pattern DURATION = Pattern.compile("([0-9]+(ms|[smhdwy]))+");
    private static final int INDENT = 2;

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /**
     * A value with a comment over it.
     *
     * @param comment one or more lines
     */
    public record Commented(String comment, Object value) {}

    /** Returns {@code value} as a YAML document; ends with a line break. */
    public static String write(Object value) {
        var writer = new YamlWriter();
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() -> writer.map(map, 0);
            case List<?> list when !list.isEmpty() -> writer.list(list, 0);
            default -> writer.scalar(value, 0);
        }
        return writer.out.toString();
    }

    private void map(Map<?, ?> map, int indent) {
        map.forEach((key, value) -> {
            Object content = comment(value, indent);
            pad(indent);
            entry(String.valueOf(key), content, indent);
        });
    }

    private void entry(String key, Object value, int indent) {
        text(key, indent, false);
        out.append(':');
        nested(value, indent);
    }

    private void nested(Object value, int indent) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                out.append('\n');
                map(map, indent + INDENT);
            }
            case List<?> list
            when !list.isEmpty() -> {
                out.append('\n');
                list(list, indent + INDENT);
            }
            default -> {
                out.append(' ');
                scalar(value, indent);
            }
        }
    }

    private void list(List<?> list, int indent) {
        for (Object item : list) {
            Object content = comment(item, indent);
            pad(indent);
            out.append("- ");
            if (content instanceof Map<?, ?> map && !map.isEmpty()) {
                item(map, indent + INDENT);
            } else if (content instanceof List<?> inner && !inner.isEmpty()) {
                out.append('\n');
                list(inner, indent + INDENT);
            } else {
                scalar(content, indent);
            }
        }
    }

    /** Writes a map whose first key follows the dash of its item. */
    private void item(Map<?, ?> map, int indent) {
        boolean first = true;
        for (var entry : map.entrySet()) {
            if (!first) {
                pad(indent);
            }
            first = false;
            entry(String.valueOf(entry.getKey()), entry.getValue(), indent);
        }
    }

    private Object comment(Object value, int indent) {
        if (!(value instanceof Commented(var comment, var content))) {
            return value;
        }
        comment.strip().lines().forEach(line -> {
            pad(indent);
            out.append("# ").append(line).append('\n');
        });
        return content;
    }

    private void scalar(Object value, int indent) {
        switch (value) {
            case Map<?, ?> map -> out.append("{}");
            case List<?> list -> out.append("[]");
            case Number number -> out.append(number);
            case Boolean flag -> out.append(flag);
            default -> text(value.toString(), indent, true);
        }
        if (out.charAt(out.length() - 1) != '\n') {
            out.append('\n');
        }
    }

    private void text(String text, int indent, boolean mayBeBlock) {
        if (mayBeBlock && isBlock(text)) {
            block(text, indent);
        } else if (isPlain(text)) {
            out.append(text);
        } else if (isPrintable(text)) {
            out.append('\'').append(text.replace("'", "''")).append('\'');
        } else {
            quoted(text);
        }
    }

    private void block(String text, int indent) {
        out.append(text.endsWith("\n") ? "|\n" : "|-\n");
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            int next = end < 0 ? text.length() : end;
            if (next > start) {
                pad(indent + INDENT);
            }
            out.append(text, start, next).append('\n');
            start = next + 1;
        }
    }

    private void quoted(String text) {
        out.append('"');
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\n' -> out.append("\\n");
                default -> {
                    if (isPrintable((char) c)) {
                        out.append((char) c);
                    } else {
                        out.append("\\u").append("%04x".formatted(c));
                    }
                }
            }
        });
        out.append('"');
    }

    /** Several lines, the last of which ends at most once, that do not look like the block's own indentation. */
    private static boolean isBlock(String text) {
        return text.indexOf('\n') > 0 && text.charAt(0) != ' ' && !text.endsWith("\n\n") && areLinesOfBlock(text);
    }

    /** Tells whether everything is printable, and no line is of spaces only. */
    private static boolean areLinesOfBlock(String text) {
        int start = 0;
        boolean blank = true;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\n') {
                if (blank && at > start) {
                    return false;
                }
                start = at + 1;
                blank = true;
            } else if (isPrintable(c)) {
                blank &= c == ' ';
            } else {
                return false;
            }
        }
        return !blank || start == text.length();
    }

    private static boolean isPlain(String text) {
        if (text.isEmpty()) {
            return false;
        }
        if (!isStart(text.charAt(0))) {
            return Character.isDigit(text.charAt(0)) && DURATION.matcher(text).matches();
        }
        if (text.length() <= LONGEST_WORD && NOT_TEXTS.contains(text.toLowerCase(Locale.ROOT))) {
            return false;
        }
        for (int at = 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (!isStart(c) && (c < '0' || c > '9') && ".-:".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.endsWith(":");
    }

    private static boolean isStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '/';
    }

    private static boolean isPrintable(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!isPrintable(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    /** What every reader takes in quotes as it is; the rest is escaped. */
    private static boolean isPrintable(char c) {
        return c >= ' ' && c < 0x7f || c >= 0xa0 && c != 0x2028 && c != 0x2029 && c != 0xfeff && c < 0xfffe;
    }

    private void pad(int indent) {
        out.repeat(' ', indent);
    }
}
