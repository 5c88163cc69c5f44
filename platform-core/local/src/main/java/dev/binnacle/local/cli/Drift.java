package dev.binnacle.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shows where a file differs from what it should be. */
final class Drift {
    private static final int SHOWN = 10;

    private Drift() {}

    /** Prints the first lines that differ, the file's with a minus and the wanted with a plus. */
    static void show(CliContext context, Path file, String wanted) throws IOException {
        List<String> is = Files.exists(file) ? Files.readAllLines(file) : List.of();
        List<String> should = wanted.lines().toList();
        int shown = 0;
        for (int line = 0; line < Math.max(is.size(), should.size()) && shown < SHOWN; line++) {
            String old = line < is.size() ? is.get(line) : null;
            String now = line < should.size() ? should.get(line) : null;
            if (old == null || !old.equals(now)) {
                shown++;
                if (old != null) {
                    context.print("  " + (line + 1) + " - " + old);
                }
                if (now != null) {
                    context.print("  " + (line + 1) + " + " + now);
                }
            }
        }
    }
}
