package dev.binnacle.agent;

import picocli.CommandLine;

/** Where {@code ./binnacle agent} enters Java. */
public final class Main {
    private Main() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %5$s%6$s%n");
        // Without it each small answer of the JDK's HTTP server waits for an acknowledgement, 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.exit(new CommandLine(new AgentCommand())
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .execute(arguments));
    }
}
