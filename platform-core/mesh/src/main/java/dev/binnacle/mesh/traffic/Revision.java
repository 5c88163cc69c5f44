package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.manifest.WrittenResources;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.yaml.YamlWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A number for what is written about a service's routing. */
final class Revision {
    /** As many bits as every reader of JSON keeps. */
    private static final long MASK = (1L << 52) - 1;

    private Revision() {}

    static long of(ServiceRouting routing) {
        String text = Stream.<Resource>concat(routing.owners().stream(), routing.ownRule().stream())
                .map(resource -> resource.ref()
                        + "\n"
                        + WrittenResources.find(routing.mesh().files(), resource)
                                .map(Tree::of)
                                .map(YamlWriter::write)
                                .orElse(resource.toString()))
                .collect(Collectors.joining("---\n", "of " + routing.service().host() + "\n", ""));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong() & MASK;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
