package dev.binnacle.prometheus.exposition;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as Prometheus reads them: Go's floats without hexadecimal ones and underscores. */
public final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

    private Numbers() {}

    /**
     * Returns the value of {@code text}.
     *
     * @throws NumberFormatException when it is none
     */
    public static double parse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw new NumberFormatException("'" + text + "' is too large");
            }
            return value;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new NumberFormatException("'" + text + "' is not a number");
        };
    }
}
