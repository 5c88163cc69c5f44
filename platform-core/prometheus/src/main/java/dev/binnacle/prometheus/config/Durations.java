package dev.binnacle.prometheus.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: {@code 500ms}, {@code 15s}, {@code 1h30m}, up to years. */
public final class Durations {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long DAY = 86_400_000;
    private static final long[] MILLIS = {365 * DAY, 7 * DAY, DAY, 3_600_000, 60_000, 1_000, 1};
    private static final String[] UNITS = {"y", "w", "d", "h", "m", "s", "ms"};

    /** Units of which Prometheus writes whole multiples only. */
    private static final int LARGE = 3;

    private Durations() {}

    /** @throws IllegalArgumentException when it is none; its message continues a sentence: "is a duration …" */
    public static Duration parse(String text) {
        var match = DURATION.matcher(text);
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        if (text.isEmpty() || !match.matches()) {
            throw new IllegalArgumentException("is a duration such as 500ms, 15s or 1h30m");
        }
        try {
            long millis = 0;
            for (int unit = 0; unit < MILLIS.length; unit++) {
                String digits = match.group(unit + 1);
                long count = digits == null ? 0 : Long.parseLong(digits);
                millis = Math.addExact(millis, Math.multiplyExact(count, MILLIS[unit]));
            }
            return Duration.ofMillis(millis);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("is too long", e);
        }
    }

    /** Returns it as Prometheus writes it. */
    public static String text(Duration duration) {
        long left = duration.toMillis();
        if (left == 0) {
            return "0s";
        }
        var text = new StringBuilder();
        for (int unit = 0; unit < MILLIS.length; unit++) {
            if (unit < LARGE && left % MILLIS[unit] != 0) {
                continue;
            }
            long count = left / MILLIS[unit];
            left -= count * MILLIS[unit];
            text.append(count > 0 ? count + UNITS[unit] : "");
        }
        return text.toString();
    }
}
