package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "rotate-certificates",
        mixinStandardHelpOptions = true,
        description = "Replace the certificate of every sidecar now, without restarting anything.")
final class CertificatesCommand implements Callable<Integer> {
    private final CliContext context;

    CertificatesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var control = new ControlClient(context.launcher())) {
            context.print(control.rotateCertificates().strip());
            return ExitCode.OK;
        }
    }
}
