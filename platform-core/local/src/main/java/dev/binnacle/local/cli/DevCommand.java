package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.Json;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.launcher.HeldProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "dev",
        mixinStandardHelpOptions = true,
        description =
                "Run the app, or a sample service in the place of its pod, with live reload; Ctrl-C puts it back.")
final class DevCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(arity = "0..1", paramLabel = "NAME", defaultValue = "app", description = "A pod, a workload, or app.")
    private String name;

    DevCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var maven = DevMaven.find(context);
        try (var control = new ControlClient(context.launcher());
                var stream = new BufferedReader(new InputStreamReader(control.hold(name), StandardCharsets.UTF_8))) {
            HeldProcess held = Json.MAPPER.readValue(firstLine(stream), HeldProcess.class);
            context.print(held.name() + " is stopped; quarkus:dev of " + held.module()
                    + " takes its place. Ctrl-C puts it back.");
            int code = new DevMode(context, maven).run(held);
            context.print("putting " + held.name() + " back");
            return code == 0 || code > 128 ? ExitCode.OK : ExitCode.NO;
        }
    }

    private static String firstLine(BufferedReader stream) throws IOException {
        String line = stream.readLine();
        if (line == null) {
            throw ProblemException.no("the launcher closed the connection", "See ./binnacle status.");
        }
        return line;
    }
}
