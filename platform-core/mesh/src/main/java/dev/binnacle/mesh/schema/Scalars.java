package dev.binnacle.mesh.schema;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What scalars of manifests mean. */
final class Scalars {
    private static final Set<String> TRUE =
            Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y");
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?(?:ns|us|µs|ms|s|m|h))+");
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);

    private static final BigDecimal LONGEST = BigDecimal.valueOf(3_600_000_000_000L * 10_000);

    private Scalars() {}

    static boolean truth(String text) {
        return TRUE.contains(text);
    }

    /** Returns the number; empty when it is none or does not fit into 63 bits. */
    static Optional<Long> whole(String text) {
        String digits = text.replace("_", "").replace("+", "");
        try {
            if (digits.startsWith("0x")) {
                return Optional.of(Long.parseLong(digits.substring(2), 16));
            }
            if (digits.startsWith("0b")) {
                return Optional.of(Long.parseLong(digits.substring(2), 2));
            }
            if (digits.length() > 1 && digits.startsWith("0")) {
                return Optional.of(Long.parseLong(digits.replace("o", ""), 8));
            }
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the number, whole or not; empty when it is none. */
    static Optional<Double> decimal(String text) {
        try {
            return Optional.of(whole(text).map(Long::doubleValue).orElseGet(() -> new BigDecimal(text).doubleValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Returns the duration in Go's notation, which Istio uses; empty when it is none, or more than 10,000 hours. */
    static Optional<Duration> duration(String text) {
        if (text.length() > 40 || !DURATION.matches(text)) {
            return Optional.empty();
        }
        var total = BigDecimal.ZERO;
        var parts = PART.matcher(text);
        while (parts.find()) {
            long unit = NANOS.getOrDefault(parts.group(2), 0L);
            total = total.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit)));
        }
        return total.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(Duration.ofNanos(total.longValue()));
    }
}
