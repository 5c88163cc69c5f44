package dev.binnacle.prometheus.scrape;

import dev.binnacle.prometheus.exposition.Bounds;
import dev.binnacle.prometheus.exposition.Numbers;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Series;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a series of the bytes that name it. */
final class SeriesBuilder {
    private static final String NAME = "__name__";

    /** Go reads numbers with underscores between their digits; Prometheus forbids that for values, and for bounds not. */
    private static final Pattern DIGITS_APART = Pattern.compile("(?<=\\d)_(?=\\d)");

    private static final int LARGEST_TABLE = 1 << 16;

    private final Families families;

    /** Each text once: labels of one target have most of theirs in common. */
    private final Map<String, String> texts = new HashMap<>();

    SeriesBuilder(Families families) {
        this.families = families;
    }

    /** @param type the one that was declared last, for whatever family: that is how Prometheus looks at bounds */
    Series build(LineReader line, DeclaredType type) throws LineReader.Malformed {
        String name = utf8(line, line.nameFrom, line.nameTo);
        if (!isName(name, true)) {
            throw new LineReader.Malformed("'" + name + "' is not a metric's name");
        }
        var place = families.place(name);
        return new Series(place.family(), place.suffix(), labels(line, type));
    }

    private Labels labels(LineReader line, DeclaredType type) throws LineReader.Malformed {
        if (line.labelEnds == 0) {
            return Labels.EMPTY;
        }
        var labels = new TreeMap<String, String>();
        Set<String> absent = new HashSet<>();
        Set<String> twice = new HashSet<>();
        for (int i = 0; i < line.labelEnds; i += 4) {
            String name = text(line.window.text(line.labels[i], line.labels[i + 1]));
            String value = unescaped(utf8(line, line.labels[i + 2], line.labels[i + 3]));
            if (value.isEmpty()) {
                absent.add(name);
            } else if (labels.put(name, text(normal(type, name, value))) != null) {
                twice.add(name);
            }
        }
        requireNoName(labels, absent);
        labels.keySet().removeAll(absent);
        twice.removeAll(absent);
        if (!twice.isEmpty()) {
            throw new LineReader.Malformed("the label " + twice.iterator().next() + " is there twice");
        }
        requireNames(labels.keySet());
        return Labels.of(labels);
    }

    private static void requireNoName(Map<String, String> labels, Set<String> absent) throws LineReader.Malformed {
        if (labels.containsKey(NAME) || absent.contains(NAME)) {
            throw new LineReader.Malformed("the metric's name is a label too");
        }
    }

    private static void requireNames(Set<String> names) throws LineReader.Malformed {
        for (String name : names) {
            if (!isName(name, false)) {
                throw new LineReader.Malformed("'" + name + "' is not a label's name");
            }
        }
    }

    /** Bounds are written in one way, whatever the page's way: {@code le="1"} is {@code le="1.0"}. */
    private static String normal(DeclaredType type, String name, String value) {
        boolean bound = type == DeclaredType.HISTOGRAM && name.equals("le")
                || type == DeclaredType.SUMMARY && name.equals("quantile");
        if (!bound) {
            return value;
        }
        try {
            return Bounds.openMetrics(Numbers.parse(DIGITS_APART.matcher(value).replaceAll("")));
        } catch (NumberFormatException e) {
            return value;
        }
    }

    private static boolean isName(String name, boolean colonAllowed) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fits = i > 0 && LineReader.isDigit(c) || LineReader.isNameStart(c) && (colonAllowed || c != ':');
            if (!fits) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = c == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            if (next == '\\' || next == '"' || next == 'n') {
                plain.append(next == 'n' ? '\n' : next);
                i++;
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    static String utf8(LineReader line, int from, int to) throws LineReader.Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line.window.bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new LineReader.Malformed("'" + line.shown(from, to) + "' is not UTF-8");
        }
    }

    private String text(String text) {
        if (texts.size() >= LARGEST_TABLE) {
            texts.clear();
        }
        String known = texts.putIfAbsent(text, text);
        return known == null ? text : known;
    }
}
