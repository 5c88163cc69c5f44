package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.plugins.PluginVerifier;
import dev.binnacle.plugins.Verification;
import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.plugins.supply.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Say every reason why a platform would not load a plugin; needs no running one. Exit 1 when there is one.",
            "When nothing is wrong with its files, its factories are made in this process, as a platform makes them."
        })
final class PluginVerifyCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "The plugin's zip.")
    private Path file = Path.of("");

    @Option(names = "--key", paramLabel = "PEM", description = "An Ed25519 public key to trust; can be repeated.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--signed",
            description = "A signature in FILE.sig is needed, as binnacle.plugins.signatures=required.")
    private boolean signed;

    @Option(names = "-o", paramLabel = "json", description = "Print JSON.", defaultValue = "text")
    private OutputFormat format = OutputFormat.TEXT;

    PluginVerifyCommand(CliContext context) {
        this.context = context;
    }

    /** What {@code -o json} prints. */
    record View(
            String file,
            String plugin,
            String version,
            boolean loads,
            List<String> extensions,
            List<Objection> reasons) {}

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw ProblemException.usage("there is no file " + file, "Name the zip that the plugin's build made.");
        }
        var verification = PluginVerifier.verify(file.toAbsolutePath(), new Trust(signed, keys));
        if (format == OutputFormat.JSON) {
            context.printJson(view(verification));
        } else {
            print(verification);
        }
        return verification.loads() ? ExitCode.OK : ExitCode.NO;
    }

    private View view(Verification found) {
        return new View(
                file.toString(),
                found.plugin(),
                found.version(),
                found.loads(),
                found.extensions(),
                found.objections());
    }

    private void print(Verification found) {
        found.objections().forEach(objection -> context.print(objection.toString()));
        String name = (found.plugin() + " " + found.version()).strip();
        int reasons = found.objections().size();
        context.print(
                found.loads()
                        ? name + " loads; it contributes " + String.join(", ", found.extensions())
                        : name + " does not load: " + (reasons == 1 ? "one reason" : reasons + " reasons"));
    }
}
