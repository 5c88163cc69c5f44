package dev.binnacle.prometheus.promql;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The series of one metric with some labels, {@code name{a="b"}}. Immutable; a label's value is escaped, so that it is a value
 * whatever it holds.
 *
 * @param metric its name
 * @param matchers in PromQL, in the order they were given
 */
public record Selector(String metric, List<String> matchers) {
    public Selector {
        matchers = List.copyOf(matchers);
    }

    /** Returns every series of a metric. */
    public static Selector of(String metric) {
        return new Selector(metric, List.of());
    }

    /** Returns the series whose label is this value. */
    public Selector is(String label, String value) {
        return with(label, "=", value);
    }

    /** Returns the series whose label is another value. */
    public Selector isNot(String label, String value) {
        return with(label, "!=", value);
    }

    /** Returns the series whose whole label fits a regular expression (RE2). */
    public Selector matches(String label, String regex) {
        return with(label, "=~", regex);
    }

    /** Returns the series whose whole label does not fit a regular expression (RE2). */
    public Selector matchesNot(String label, String regex) {
        return with(label, "!~", regex);
    }

    /** Returns the series whose label is one of these values. */
    public Selector isOneOf(String label, Collection<String> values) {
        return matches(label, values.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    /** Returns the same series of another metric. */
    public Selector ofMetric(String other) {
        return new Selector(other, matchers);
    }

    /** Returns {@code text} as a string of PromQL, quotes included. */
    public static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(c < ' ' || c == 0x7f ? "\\x%02x".formatted(c) : String.valueOf((char) c));
            }
        });
        return quoted.append('"').toString();
    }

    private Selector with(String label, String operator, String value) {
        var more = new ArrayList<>(matchers);
        more.add(label + operator + quoted(value));
        return new Selector(metric, more);
    }

    /** Returns PromQL. */
    @Override
    public String toString() {
        return matchers.isEmpty() ? metric : metric + "{" + String.join(",", matchers) + "}";
    }
}
