package dev.binnacle.local.ca;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The secrets of one sidecar, as files that Envoy watches.
 *
 * <p>Certificate and key travel inside one file that is renamed into place, so Envoy never sees one without the other.
 */
public final class SecretFiles {
    private static final String SECRET = "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret";

    private final Path folder;

    /** Keeps the files below {@code folder}, the sidecar's working folder. */
    public SecretFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the workload's certificate as secret {@code default} and the root as {@code ROOTCA}; beside them the
     * authorities that this JVM trusts, for servers outside of the mesh.
     */
    public void write(Credential credential, String rootPem) throws IOException {
        String chain = Pem.of(credential.certificate());
        AtomicFile.write(folder.resolve("certs/cert-chain.pem"), chain);
        AtomicFile.write(folder.resolve("certs/root-cert.pem"), rootPem);
        AtomicFile.write(folder.resolve("certs/system-roots.pem"), SystemRoots.pem());
        AtomicFile.write(
                folder.resolve("sds/ROOTCA.json"),
                secret("ROOTCA", "validation_context", Map.of("trusted_ca", inline(rootPem))));
        AtomicFile.writePrivate(
                folder.resolve("sds/default.json"),
                secret(
                        "default",
                        "tls_certificate",
                        Map.of("certificate_chain", inline(chain), "private_key", inline(Pem.of(credential.key())))));
    }

    private static Map<String, String> inline(String text) {
        return Map.of("inline_string", text);
    }

    private static String secret(String name, String field, Object value) {
        return Json.write(Map.of("resources", List.of(Map.of("@type", SECRET, "name", name, field, value))));
    }
}
