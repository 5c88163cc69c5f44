package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: shows what there is. */
@Command(
        name = "binnacle",
        mixinStandardHelpOptions = true,
        version = "binnacle 0.1.0",
        description = "Istio configuration and Prometheus collection you can run, observe and test on a laptop.",
        footer =
                "%n`./binnacle agent --config FILE` scrapes and writes by a Prometheus configuration file, without the rest.%n`./binnacle test` runs all tests: mvn verify, with a JDK and a Maven that the script finds.")
final class BinnacleCommand implements Runnable {
    private static final List<String> FULL = List.of("No space left", "Disk quota exceeded", "File too large");

    @Spec
    private CommandSpec spec;

    /** Returns the command line with all commands. */
    static CommandLine commandLine(CliContext context) {
        var line = new CommandLine(new BinnacleCommand())
                .addSubcommand(new UpCommand(context))
                .addSubcommand(new DownCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new ApplyCommand(context))
                .addSubcommand(new DeleteCommand(context))
                .addSubcommand(new CheckCommand(context))
                .addSubcommand(new TranslateCommand(context))
                .addSubcommand(new DevCommand(context))
                .addSubcommand(new GenerateCommand(context))
                .addSubcommand(new CommandLine(new PluginCommand(context))
                        .addSubcommand(new PluginVerifyCommand(context))
                        .addSubcommand(new PluginNewCommand(context))
                        .addSubcommand(new PluginDevCommand(context)))
                .addSubcommand(new MetricsCommand(context))
                .addSubcommand(new LogsCommand(context))
                .addSubcommand(new TracesCommand(context))
                .addSubcommand(new TraceCommand(context))
                .addSubcommand(new EnginesCommand(context))
                .addSubcommand(new CertificateCommand(context))
                .addSubcommand(new CertificatesCommand(context))
                .addSubcommand(new WhyCommand(context))
                .addSubcommand(new CardinalityCommand(context))
                .addSubcommand(new ArchiveClassesCommand(context));
        return line.setOut(context.out())
                .setErr(context.err())
                // Escape sequences are shown as text, whoever they are from.
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, context));
    }

    private static int report(Exception failure, CliContext context) {
        switch (failure) {
            case ProblemException problem -> {
                context.err().println("binnacle: " + problem.display());
                return problem.exitCode();
            }
            case InterruptedException interrupted -> {
                Thread.currentThread().interrupt();
                return ExitCode.NO;
            }
            case IOException io -> {
                context.err().println("binnacle: " + describe(io));
                return ExitCode.ENVIRONMENT;
            }
            default -> {
                context.err().println("binnacle: this should not happen; please report it with the lines below");
                failure.printStackTrace(context.err());
                return ExitCode.NO;
            }
        }
    }

    private static String describe(IOException failure) {
        String text = String.valueOf(failure.getMessage());
        if (FULL.stream().anyMatch(text::contains)) {
            return "the disk is full: " + text + "\n  Free some space, then try again. Nothing was left running.";
        }
        if (failure instanceof FileSystemException) {
            return "cannot use a file: " + failure.getClass().getSimpleName() + " " + text
                    + "\n  Check that it exists and that you may write there; BINNACLE_DIR moves the runtime folder.";
        }
        return text;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
