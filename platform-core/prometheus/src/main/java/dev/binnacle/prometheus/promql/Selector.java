package dev.binnacle.prometheus.promql;

import com.google.re2j.Pattern;
import dev.binnacle.prometheus.promql.Matcher.Operator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The series of one metric with some labels, {@code name{a="b"}}. Immutable; a label's value is escaped, so that it is a value
 * whatever it holds.
 *
 * @param metric its name
 * @param matchers in the order they were given
 */
public record Selector(String metric, List<Matcher> matchers) {
    public Selector {
        matchers = List.copyOf(matchers);
    }

    /** Returns every series of a metric. */
    public static Selector of(String metric) {
        return new Selector(metric, List.of());
    }

    /** Returns the series whose label is this value. */
    public Selector is(String label, String value) {
        return with(label, Operator.IS, value);
    }

    /** Returns the series whose label is another value. */
    public Selector isNot(String label, String value) {
        return with(label, Operator.IS_NOT, value);
    }

    /** Returns the series whose whole label fits a regular expression (RE2). */
    public Selector matches(String label, String regex) {
        return with(label, Operator.FITS, regex);
    }

    /** Returns the series whose whole label does not fit a regular expression (RE2). */
    public Selector matchesNot(String label, String regex) {
        return with(label, Operator.FITS_NOT, regex);
    }

    /** Returns the series whose label is one of these values. */
    public Selector isOneOf(String label, Collection<String> values) {
        return matches(label, values.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** Returns the same series of another metric. */
    public Selector ofMetric(String other) {
        return new Selector(other, matchers);
    }

    /**
     * Returns what tells of labels whether their series is among these; the metric's name is not looked at. For any thread, and
     * made once for many series: its regular expressions are compiled here.
     */
    public Predicate<Map<String, String>> condition() {
        return matchers.stream()
                .map(matcher -> {
                    var condition = matcher.condition();
                    return (Predicate<Map<String, String>>)
                            labels -> condition.test(labels.getOrDefault(matcher.label(), ""));
                })
                .reduce(labels -> true, Predicate::and);
    }

    /** Returns {@code text} as a string of PromQL, quotes included. */
    public static String quoted(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isEscaped(text.charAt(at))) {
                return escaped(text);
            }
        }
        return '"' + text + '"';
    }

    private static boolean isEscaped(int c) {
        return c == '"' || c == '\\' || c < ' ' || c == 0x7f;
    }

    private static String escaped(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (isEscaped(c)) {
                        quoted.append("\\x%02x".formatted(c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private Selector with(String label, Operator operator, String value) {
        var more = new ArrayList<>(matchers);
        more.add(new Matcher(label, operator, value));
        return new Selector(metric, more);
    }

    /** Returns PromQL. */
    @Override
    public String toString() {
        return matchers.isEmpty()
                ? metric
                : metric + matchers.stream().map(Matcher::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
