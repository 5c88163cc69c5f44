package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Show everything wrong with manifests, without a running mesh.")
final class CheckCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private ManifestArguments manifests = new ManifestArguments();

    @Option(names = "-o", paramLabel = "json", description = "Print JSON.")
    private OutputFormat format = OutputFormat.TEXT;

    CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var reading = manifests.read(context);
        var diagnostics = new ArrayList<Diagnostic>(reading.problems());
        diagnostics.addAll(Translation.check(reading.files(), Instant.now()));
        boolean failed = diagnostics.stream().anyMatch(each -> each.severity() == Severity.ERROR);
        if (format == OutputFormat.JSON) {
            context.printJson(Map.of("diagnostics", diagnostics));
        } else {
            diagnostics.forEach(each -> context.print(line(each)));
            context.print(summary(diagnostics));
        }
        return failed ? ExitCode.NO : ExitCode.OK;
    }

    /** Returns a diagnostic as every command shows it. */
    static String line(Diagnostic diagnostic) {
        return diagnostic.severity() + " " + diagnostic;
    }

    private static String summary(List<Diagnostic> diagnostics) {
        long errors =
                diagnostics.stream().filter(d -> d.severity() == Severity.ERROR).count();
        long warnings = diagnostics.stream()
                .filter(d -> d.severity() == Severity.WARNING)
                .count();
        return errors
                + (errors == 1 ? " error, " : " errors, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings");
    }
}
