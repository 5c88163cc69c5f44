package dev.binnacle.prometheus.istio;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/** The bounds of Envoy's histograms, in milliseconds where they measure time (facts F2). */
public final class Buckets {
    private static final List<BigDecimal> BOUNDS = Stream.of(
                    "0.5", "1", "5", "10", "25", "50", "100", "250", "500", "1000", "2500", "5000", "10000", "30000",
                    "60000", "300000", "600000", "1800000", "3600000")
            .map(BigDecimal::new)
            .toList();

    private Buckets() {}

    /** Tells whether {@code value} is a bound. */
    public static boolean has(BigDecimal value) {
        return BOUNDS.stream().anyMatch(bound -> bound.compareTo(value) == 0);
    }

    /** Returns the bounds on both sides of {@code value}; one at the ends. */
    public static List<String> around(BigDecimal value) {
        var below = BOUNDS.stream().filter(bound -> bound.compareTo(value) < 0).toList();
        var above = BOUNDS.stream().filter(bound -> bound.compareTo(value) > 0).toList();
        return Stream.of(
                        below.isEmpty() ? below : below.subList(below.size() - 1, below.size()),
                        above.stream().limit(1).toList())
                .flatMap(List::stream)
                .map(BigDecimal::toPlainString)
                .toList();
    }

    /** Returns a regular expression for the label {@code le}: Prometheus 3 writes {@code 250.0}, 2 what the page says. */
    public static String le(BigDecimal bound) {
        String text = bound.stripTrailingZeros().toPlainString();
        return text.contains(".") ? text.replace(".", "\\.") : text + "(\\.0)?";
    }
}
