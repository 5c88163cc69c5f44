package dev.binnacle.prometheus.scrape;

import java.math.BigDecimal;

/** How OpenMetrics, and so Prometheus 3, writes the bound of a bucket or a quantile. */
final class Bounds {
    /** From here on, and below 0.0001, Go writes an exponent. */
    private static final int LARGEST_PLAIN_EXPONENT = 5;

    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private Bounds() {}

    static String text(double bound) {
        if (Double.isNaN(bound)) {
            return "NaN";
        }
        if (Double.isInfinite(bound)) {
            return bound > 0 ? "+Inf" : "-Inf";
        }
        if (bound == 0) {
            return "0.0";
        }
        var decimal = new BigDecimal(Double.toString(bound)).stripTrailingZeros();
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent < SMALLEST_PLAIN_EXPONENT || exponent > LARGEST_PLAIN_EXPONENT
                ? scientific(decimal, exponent)
                : plain(decimal);
    }

    private static String plain(BigDecimal decimal) {
        String text = decimal.toPlainString();
        return text.contains(".") ? text : text + ".0";
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
