package dev.binnacle.pipeline.exposition;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as Prometheus reads them: Go's floats without hexadecimal ones and underscores. */
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

    private Numbers() {}

    /**
     * Returns the value of {@code text}.
     *
     * @throws NumberFormatException when it is none
     */
    static double parse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException("'" + text + "' is not a number");
        };
    }
}
