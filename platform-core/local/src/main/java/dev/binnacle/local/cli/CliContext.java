package dev.binnacle.local.cli;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.instance.Layout;
import java.io.PrintWriter;
import java.util.Map;

/**
 * What every command needs.
 *
 * @param environment the user's environment
 */
record CliContext(Layout layout, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Returns the record of the launcher that runs now. */
    LauncherRecord launcher() {
        return LauncherRecord.read(layout.launcherFile())
                .filter(record -> record.launcher().isAlive())
                .orElseThrow(() -> ProblemException.no(
                        "nothing runs here (" + layout.runtime() + ")", "Start it with ./binnacle up."));
    }
}
