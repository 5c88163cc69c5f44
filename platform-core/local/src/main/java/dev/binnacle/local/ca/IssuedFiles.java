package dev.binnacle.local.ca;

import dev.binnacle.local.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A certificate for people and servers outside of the mesh, as files and as the Secret that a gateway asks for. They lie in a
 * folder that nobody but its owner can look into: {@code NAMESPACE/NAME/} with {@code tls.crt}, {@code tls.key}, {@code
 * ca.crt} and {@code secret.yaml}.
 */
public final class IssuedFiles {
    private final Path folder;
    private final String namespace;
    private final String name;

    /** Names the files of one Secret below {@code credentials}. */
    public IssuedFiles(Path credentials, String namespace, String name) {
        this.folder = credentials.resolve(namespace).resolve(name);
        this.namespace = namespace;
        this.name = name;
    }

    /** Returns the folder that they are in. */
    public Path folder() {
        return folder;
    }

    /** Writes them, in the place of earlier ones. */
    public void write(Credential credential, String authority) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var values = new TreeMap<>(
                Map.of("tls.crt", credential.certificatePem(), "tls.key", credential.keyPem(), "ca.crt", authority));
        for (var value : values.entrySet()) {
            AtomicFile.writePrivate(folder.resolve(value.getKey()), value.getValue());
        }
        AtomicFile.writePrivate(folder.resolve("secret.yaml"), secret(values));
    }

    /** Returns the Secret. */
    private String secret(Map<String, String> values) {
        return """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: %s
                  namespace: %s
                type: kubernetes.io/tls
                stringData:
                """.formatted(name, namespace)
                + values.entrySet().stream()
                        .map(value -> "  " + value.getKey() + ": |\n"
                                + value.getValue().indent(4))
                        .collect(Collectors.joining());
    }
}
