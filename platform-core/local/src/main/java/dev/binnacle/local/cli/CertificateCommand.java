package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.ca.CertificateAuthority;
import dev.binnacle.local.ca.IssuedFiles;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.schema.LabelSyntax;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "certificate",
        mixinStandardHelpOptions = true,
        description = {
            "Make a certificate for hosts, and tell the gateways as a Secret.",
            "It is from an authority of this instance that nobody else trusts, in credentials/authority of the runtime"
                    + " folder; files are in credentials/NAMESPACE/NAME. Run it again to replace a certificate in use."
        })
final class CertificateCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CliContext context;

    @Parameters(arity = "1..*", paramLabel = "HOST", description = "What it is for: hosts, *.hosts and addresses.")
    private List<String> hosts = List.of();

    @Option(names = "--secret", required = true, paramLabel = "NAME", description = "The credentialName of a Gateway.")
    private String secret = "";

    @Option(
            names = {"-n", "--namespace"},
            defaultValue = "istio-system",
            description = "That of the gateway's pods (default: ${DEFAULT-VALUE}).")
    private String namespace = "";

    @Option(names = "--days", defaultValue = "30", description = "How long it holds (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--files-only", description = "Tell nobody: for the certificate of a client.")
    private boolean filesOnly;

    CertificateCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Path credentials = context.layout().credentials();
        var authority = CertificateAuthority.open(credentials.resolve("authority"), InstantSource.system());
        var files = new IssuedFiles(credentials, namespace, secret);
        files.write(authority.issue(hosts, Duration.ofDays(days)), authority.rootPem());
        context.print("certificate for " + String.join(", ", hosts) + " in " + files.folder());
        if (filesOnly) {
            return ExitCode.OK;
        }
        Path manifest = files.folder().resolve("secret.yaml");
        return new Change(context, "apply")
                .request(List.of(new ManifestFile(manifest.toString(), Files.readString(manifest))), false, PATIENCE);
    }

    /** The names become parts of paths. */
    private void check() {
        if (!LabelSyntax.isName(secret) || !LabelSyntax.isLabel(namespace)) {
            throw ProblemException.no(
                    "a Secret cannot be called " + namespace + "/" + secret,
                    "Use lower-case letters, digits and dashes.");
        }
        hosts.stream()
                .filter(host -> !LabelSyntax.isHost(host) && !host.matches("[0-9a-f.:]+"))
                .findFirst()
                .ifPresent(host -> {
                    throw ProblemException.no("\"" + host + "\" is neither a host nor an address", "Name a host.");
                });
    }
}
