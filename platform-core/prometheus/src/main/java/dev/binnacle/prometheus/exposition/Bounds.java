package dev.binnacle.prometheus.exposition;

import java.math.BigDecimal;

/** How the bound of a bucket or a quantile is written as a label. */
public final class Bounds {
    /** From here on, and below 0.0001, Go writes an exponent. */
    private static final int LARGEST_PLAIN_EXPONENT = 5;

    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private Bounds() {}

    /** Returns it as OpenMetrics, and so Prometheus 3, writes it: {@code 1.0}, {@code 1e+06}. */
    public static String openMetrics(double bound) {
        String text = classic(bound);
        return text.chars().allMatch(c -> c == '-' || Character.isDigit(c)) ? text + ".0" : text;
    }

    /** Returns it as Go prints numbers, and so the text format of Prometheus' own client: {@code 1}, {@code 1e+06}. */
    public static String classic(double bound) {
        if (Double.isNaN(bound)) {
            return "NaN";
        }
        if (Double.isInfinite(bound)) {
            return bound > 0 ? "+Inf" : "-Inf";
        }
        if (bound == 0) {
            return "0";
        }
        var decimal = new BigDecimal(Double.toString(bound)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent < SMALLEST_PLAIN_EXPONENT || exponent > LARGEST_PLAIN_EXPONENT
                ? scientific(decimal, exponent)
                : decimal.toPlainString();
    }

    private static String scientific(BigDecimal decimal, int exponent) {
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String sign = exponent < 0 ? "-" : "+";
        int size = Math.abs(exponent);
        return (decimal.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + sign + (size < 10 ? "0" : "")
                + size;
    }
}
