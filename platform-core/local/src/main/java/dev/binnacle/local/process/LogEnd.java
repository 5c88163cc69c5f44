package dev.binnacle.local.process;

import dev.binnacle.local.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The end of the log of a process that keeps ending, for somebody who wants to know why. */
final class LogEnd {
    /** Envoy writes a hundred lines of stack and buffers behind the one that says what it died of. */
    private static final String DIED_OF = "assert failure: ";

    private static final int LONGEST_TRACE = 200;

    private LogEnd() {}

    /** Returns the last lines, of which the first is the one that tells the reason if it stands before them. */
    static List<String> of(Path log, int count) {
        var all = Text.lastLines(log, LONGEST_TRACE);
        var last = all.subList(Math.max(0, all.size() - count), all.size());
        return all.reversed().stream()
                .filter(line -> line.contains(DIED_OF))
                .findFirst()
                .filter(reason -> !last.contains(reason))
                .map(reason ->
                        Stream.concat(Stream.of(reason), last.stream().skip(1)).toList())
                .orElse(List.copyOf(last));
    }
}
