package dev.binnacle.app.plugins;

import jakarta.enterprise.context.ApplicationScoped;
import java.text.MessageFormat;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The last lines that each extension wrote into the log, in memory. For any thread. */
@ApplicationScoped
public class PluginLogs {
    private static final int MOST_LINES = 200;
    private static final int LONGEST = 2_000;

    private final Map<String, Deque<Line>> lines = new HashMap<>();

    /** What was written. */
    public record Line(Instant at, String level, String text) {}

    /** Returns what an extension wrote, the oldest first. */
    List<Line> of(String extension) {
        synchronized (lines) {
            return List.copyOf(lines.getOrDefault(extension, new ArrayDeque<>()));
        }
    }

    /** Returns a logger that keeps what goes through it. */
    System.Logger keeping(String extension, System.Logger log) {
        return new Keeping(extension, log);
    }

    private void keep(String extension, Line line) {
        synchronized (lines) {
            var kept = lines.computeIfAbsent(extension, id -> new ArrayDeque<>());
            kept.addLast(line);
            if (kept.size() > MOST_LINES) {
                kept.removeFirst();
            }
        }
    }

    private final class Keeping implements System.Logger {
        private final String extension;
        private final System.Logger log;

        Keeping(String extension, System.Logger log) {
            this.extension = extension;
            this.log = log;
        }

        @Override
        public String getName() {
            return log.getName();
        }

        @Override
        public boolean isLoggable(Level level) {
            return log.isLoggable(level);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            keep(level, message + (thrown == null ? "" : ": " + thrown));
            log.log(level, bundle, message, thrown);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            keep(level, filled(format, values));
            log.log(level, bundle, format, values);
        }

        private void keep(Level level, String text) {
            if (log.isLoggable(level)) {
                String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
                PluginLogs.this.keep(extension, new Line(Instant.now(), level.getName(), shown));
            }
        }

        /** As the log does it: a text without values is no format. */
        private static String filled(@Nullable String format, @Nullable Object @Nullable [] values) {
            if (format == null || values == null || values.length == 0) {
                return String.valueOf(format);
            }
            try {
                return MessageFormat.format(format, values);
            } catch (IllegalArgumentException e) {
                return format;
            }
        }
    }
}
