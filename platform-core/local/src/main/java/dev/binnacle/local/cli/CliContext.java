package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.local.ExitCode;
import dev.binnacle.local.Json;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.instance.Layout;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;

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

    /** Prints {@code value} for programs. */
    void printJson(Object value) {
        out.print(Json.write(value));
        out.flush();
    }

    /** Shows what the app answers, or why it does not, and returns the exit code. */
    int show(AppApi.Answer answer, OutputFormat format, Consumer<JsonNode> forPeople) {
        if (!answer.ok()) {
            err.println("binnacle: " + answer.problem());
            return ExitCode.NO;
        }
        if (format == OutputFormat.JSON) {
            printJson(answer.body());
        } else {
            forPeople.accept(answer.body());
        }
        return ExitCode.OK;
    }

    /** Returns the record of the launcher that runs now. */
    LauncherRecord launcher() {
        return LauncherRecord.read(layout.launcherFile())
                .filter(record -> record.launcher().isAlive())
                .orElseThrow(() -> ProblemException.no(
                        "nothing runs here (" + layout.runtime() + ")", "Start it with ./binnacle up."));
    }
}
