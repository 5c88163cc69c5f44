package dev.binnacle.plugins;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * When an extension that failed is started again: after a second, then after twice as long each time, up to five minutes; each pause
 * is between half of that and all of it, so that many that failed together do not come back together.
 *
 * <p>Not for use by several threads at once.
 */
final class Restarts {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int DOUBLINGS = 9;

    private record Pause(int failures, Instant until, boolean waits) {}

    private final RandomGenerator random;
    private final Map<String, Pause> pauses = new HashMap<>();

    Restarts(RandomGenerator random) {
        this.random = random;
    }

    /** Tells whether the extension, which is failed now, is to be started again now; a failure seen for the first time never is. */
    boolean isDue(String extension, Instant now) {
        var pause = pauses.get(extension);
        if (pause == null || !pause.waits()) {
            int failures = pause == null ? 1 : pause.failures() + 1;
            pauses.put(extension, new Pause(failures, now.plus(length(failures)), true));
            return false;
        }
        boolean due = !now.isBefore(pause.until());
        if (due) {
            pauses.put(extension, new Pause(pause.failures(), pause.until(), false));
        }
        return due;
    }

    /** Forgets failures once the extension has run for as long as the longest pause. */
    void runs(String extension, Instant now) {
        var pause = pauses.get(extension);
        if (pause != null && pause.until().plus(LONGEST).isBefore(now)) {
            pauses.remove(extension);
        }
    }

    /** Returns how often it failed in a row. */
    int failures(String extension) {
        var pause = pauses.get(extension);
        return pause == null ? 0 : pause.failures();
    }

    void forget(String extension) {
        pauses.remove(extension);
    }

    private Duration length(int failures) {
        long full = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures - 1, DOUBLINGS));
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
