package dev.binnacle.local.cli;

import dev.binnacle.local.instance.Layout;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the {@code binnacle} script enters Java. */
public final class Main {
    private Main() {}

    /** Runs one command and exits with its code. The property {@code binnacle.home} names the clone. */
    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%6$s%n");
        // Without it each small answer of the JDK's HTTP server waits for an acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Path clone = Path.of(System.getProperty("binnacle.home", "."));
        var context = new CliContext(
                Layout.of(clone, System.getenv()), System.getenv(), terminal(System.out), terminal(System.err));
        System.exit(BinnacleCommand.commandLine(context).execute(arguments));
    }

    private static PrintWriter terminal(OutputStream stream) {
        return new PrintWriter(new InertWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)), true);
    }
}
