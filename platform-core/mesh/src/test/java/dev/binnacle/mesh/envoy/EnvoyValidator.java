package dev.binnacle.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs a real Envoy's {@code --mode validate} in a folder that has the certificates a pod has. */
final class EnvoyValidator {
    private final Path binary;
    private final Path folder;

    private EnvoyValidator(Path binary, Path folder) {
        this.binary = binary;
        this.folder = folder;
    }

    /** Returns the binary that {@code -Dbinnacle.envoy} or {@code BINNACLE_ENVOY} names. */
    static Optional<Path> binary() {
        return Optional.ofNullable(System.getProperty("binnacle.envoy", System.getenv("BINNACLE_ENVOY")))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }

    static EnvoyValidator in(Path folder) throws Exception {
        writeCertificates(folder);
        return new EnvoyValidator(binary().orElseThrow(), folder);
    }

    void assertAccepts(String what, String bootstrap) throws IOException, InterruptedException {
        var file = folder.resolve("bootstrap.json");
        Files.writeString(file, bootstrap);
        var output = folder.resolve("output.txt");
        var process = new ProcessBuilder(
                        binary.toString(), "--mode", "validate", "-c", file.toString(), "-l", "critical")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        // The verdict is what Envoy prints: with stats_scope.sharing_name, 1.40 may crash while it takes a validated
        // configuration down again (exit 139 after "OK"); a server that runs does not.
        assertThat(Files.readString(output)).as("Envoy on %s", what).contains("configuration '" + file + "' OK");
    }

    private static void writeCertificates(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        var certificates = Files.createDirectories(folder.resolve("certs"));
        var store = folder.resolve("key.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var process = new ProcessBuilder(
                        keytool.toString(),
                        "-genkeypair",
                        "-alias",
                        "k",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        var keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        var certificate = pem("CERTIFICATE", keys.getCertificate("k").getEncoded());
        Files.writeString(certificates.resolve("cert-chain.pem"), certificate);
        Files.writeString(certificates.resolve("root-cert.pem"), certificate);
        Files.writeString(certificates.resolve("system-roots.pem"), certificate);
        Files.writeString(
                certificates.resolve("key.pem"),
                pem("PRIVATE KEY", keys.getKey("k", "changeit".toCharArray()).getEncoded()));
        writeSecrets(Files.createDirectories(folder.resolve("sds")));
    }

    private static void writeSecrets(Path sds) throws IOException {
        Files.writeString(sds.resolve("default.json"), """
                {"resources":[{"@type":"type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret","name":"default",
                "tls_certificate":{"certificate_chain":{"filename":"certs/cert-chain.pem"},"private_key":{"filename":"certs/key.pem"}}}]}
                """);
        Files.writeString(sds.resolve("ROOTCA.json"), """
                {"resources":[{"@type":"type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret","name":"ROOTCA",
                "validation_context":{"trusted_ca":{"filename":"certs/root-cert.pem"}}}]}
                """);
    }

    private static String pem(String type, byte[] content) {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + type + "-----\n" + encoder.encodeToString(content) + "\n-----END " + type + "-----\n";
    }
}
