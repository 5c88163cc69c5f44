package dev.binnacle.local.agent;

import java.util.HashSet;
import java.util.Set;

/** The Prometheus text format, as far as putting two expositions into one answer needs it. */
final class Exposition {
    private Exposition() {}

    /**
     * What is left of an exposition beside another.
     *
     * @param dropped names of the families that the other has too: twice in one answer they would make Prometheus refuse it all
     */
    record Remainder(String text, Set<String> dropped) {}

    /** Returns the names of the metric families in {@code text}. */
    static Set<String> families(String text) {
        var names = new HashSet<String>();
        var current = new Family();
        text.lines().forEach(line -> names.add(current.of(line)));
        names.remove("");
        return names;
    }

    /** Returns {@code text} without the families in {@code taken} and without OpenMetrics' end mark. */
    static Remainder without(Set<String> taken, String text) {
        var kept = new StringBuilder(text.length());
        var dropped = new HashSet<String>();
        var current = new Family();
        text.lines().filter(line -> !line.equals("# EOF")).forEach(line -> {
            String family = current.of(line);
            if (taken.contains(family)) {
                dropped.add(family);
            } else {
                kept.append(line).append('\n');
            }
        });
        return new Remainder(kept.toString(), dropped);
    }

    /** Follows the lines of an exposition and tells which family each belongs to. */
    private static final class Family {
        private String name = "";

        String of(String line) {
            if (line.startsWith("# HELP ") || line.startsWith("# TYPE ")) {
                int end = line.indexOf(' ', 7);
                name = end < 0 ? line.substring(7) : line.substring(7, end);
            } else if (!line.isBlank() && !line.startsWith("#") && !belongs(sample(line))) {
                name = sample(line);
            }
            return line.isBlank() ? "" : name;
        }

        private boolean belongs(String sample) {
            return sample.equals(name)
                    || sample.startsWith(name)
                            && Set.of("_bucket", "_sum", "_count", "_total", "_created", "_info")
                                    .contains(sample.substring(name.length()));
        }

        private static String sample(String line) {
            int end = 0;
            while (end < line.length() && line.charAt(end) != '{' && !Character.isWhitespace(line.charAt(end))) {
                end++;
            }
            return line.substring(0, end);
        }
    }
}
