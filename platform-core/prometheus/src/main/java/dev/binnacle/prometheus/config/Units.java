package dev.binnacle.prometheus.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations and sizes as Prometheus writes them. */
final class Units {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d+)y)?(?:(\\d+)w)?(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");
    private static final long DAY = 86_400_000;
    private static final long[] MILLIS = {365 * DAY, 7 * DAY, DAY, 3_600_000, 60_000, 1_000, 1};

    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGTPE]?)i?B");
    private static final String SCALES = "KMGTPE";
    private static final int SCALE = 1024;

    private Units() {}

    static Duration duration(String text) {
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

    /** Returns bytes; {@code KB} is 1024 of them, as {@code KiB}. */
    static long size(String text) {
        if (text.equals("0")) {
            return 0;
        }
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("is a size such as 512KB or 100MB");
        }
        int scale = match.group(2).isEmpty() ? 0 : SCALES.indexOf(match.group(2)) + 1;
        return (long) (Double.parseDouble(match.group(1)) * Math.pow(SCALE, scale));
    }
}
