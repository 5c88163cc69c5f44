package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.model.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * When a series is an alert.
 *
 * @param times how many samples, one after the other, have to be so
 * @param labels the alert's own, its name among them
 */
record Condition(String metric, Comparison comparison, double bound, int times, Labels labels) {
    private static final Pattern FORM = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(==|!=|<=|>=|<|>)\\s*(\\S+)\\s+for\\s+(\\d{1,6})\\s+as\\s+(\\S+)((?:\\s+\\S+=\\S+)*)");

    /** How a value stands to the bound. */
    enum Comparison {
        EQUAL("=="),
        DIFFERENT("!="),
        BELOW("<"),
        ABOVE(">"),
        AT_MOST("<="),
        AT_LEAST(">=");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        private static Comparison of(String sign) {
            for (var comparison : values()) {
                if (comparison.sign.equals(sign)) {
                    return comparison;
                }
            }
            throw new IllegalArgumentException(sign);
        }
    }

    /**
     * Returns the conditions in a text that separates them by commas.
     *
     * @throws IllegalArgumentException when one of them is none
     */
    static List<Condition> parseAll(String text) {
        return ValueType.LIST.parser().apply(text).stream()
                .map(Condition::parse)
                .toList();
    }

    private static Condition parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(text);
        }
        var labels = new LinkedHashMap<String, String>();
        for (String pair : match.group(6).strip().split("\\s+", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                labels.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        labels.put("alertname", match.group(5));
        int times = Math.max(1, Integer.parseInt(match.group(4)));
        double bound = Double.parseDouble(match.group(3));
        return new Condition(match.group(1), Comparison.of(match.group(2)), bound, times, Labels.of(labels));
    }

    boolean holds(double value) {
        return switch (comparison) {
            case EQUAL -> value == bound;
            case DIFFERENT -> value != bound;
            case BELOW -> value < bound;
            case ABOVE -> value > bound;
            case AT_MOST -> value <= bound;
            case AT_LEAST -> value >= bound;
        };
    }
}
