package dev.binnacle.spi.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as Prometheus writes them: units from days to milliseconds, the larger one first, each at most once. */
final class Durations {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private Durations() {}

    static Duration parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(text);
        }
        long millis = 0;
        for (int unit = 0; unit < MILLIS.length; unit++) {
            String digits = match.group(unit + 1);
            millis += digits == null ? 0 : Long.parseLong(digits) * MILLIS[unit];
        }
        if (millis == 0) {
            throw new IllegalArgumentException(text);
        }
        return Duration.ofMillis(millis);
    }
}
