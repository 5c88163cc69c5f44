package dev.binnacle.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it goes over the wire. Two are equal when name and version are.
 *
 * <p>Its bytes are made when they are sent, and kept only as long as there is room: a large mesh has some hundred MB of
 * them. The version is the first 16 hex digits of their SHA-256, the same in every process.
 */
final class VersionedResource {
    private static final int BUFFER = 4096;

    private final Message message;
    private final String name;
    private final String version;
    private final List<String> references;
    private volatile WeakReference<ByteString> bytes = new WeakReference<>(null);

    private VersionedResource(Message message, String name, String version, List<String> references) {
        this.message = message;
        this.name = name;
        this.version = version;
        this.references = List.copyOf(references);
    }

    /** Returns the resource that {@code message} is, taking over what is known of an {@code earlier} one with equal content. */
    static VersionedResource of(Message message, String name, @Nullable VersionedResource earlier) {
        if (earlier != null && earlier.isMadeFrom(message)) {
            return earlier;
        }
        String version = versionOf(message);
        return earlier != null && earlier.version.equals(version)
                ? new VersionedResource(message, name, version, earlier.references)
                : new VersionedResource(message, name, version, References.of(message));
    }

    /** Returns the resource's own name. */
    String name() {
        return name;
    }

    /** Returns the version of its content: equal content, equal version. */
    String version() {
        return version;
    }

    /** Returns the names of the endpoints (of a cluster) or routes (of a listener) that the proxy will ask for next. */
    List<String> references() {
        return references;
    }

    /** The very same object again needs no second look. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isMadeFrom(Message other) {
        return message == other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionedResource resource
                && name.equals(resource.name)
                && version.equals(resource.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, version);
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }

    /** Returns the message serialized with map entries in the order of their keys. */
    ByteString bytes() {
        var known = bytes.get();
        if (known == null) {
            var out = ByteString.newOutput(message.getSerializedSize());
            write(message, out);
            known = out.toByteString();
            bytes = new WeakReference<>(known);
        }
        return known;
    }

    /** Returns the version of a message: equal content, equal version. */
    static String versionOf(MessageLite message) {
        var digest = sha256();
        write(message, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return abbreviated(digest);
    }

    private static void write(MessageLite message, OutputStream target) {
        var out = CodedOutputStream.newInstance(target, BUFFER);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns one version for a whole set, from names and versions in order of name. */
    static String versionOf(Map<String, VersionedResource> sorted) {
        var digest = sha256();
        sorted.forEach((name, resource) -> {
            digest.update(ByteString.copyFromUtf8(name).asReadOnlyByteBuffer());
            digest.update((byte) 0);
            digest.update(ByteString.copyFromUtf8(resource.version()).asReadOnlyByteBuffer());
        });
        return abbreviated(digest);
    }

    /** Returns the form in which a response carries it. */
    Resource toResource(XdsType type) {
        return Resource.newBuilder()
                .setName(name)
                .setVersion(version)
                .setResource(Any.newBuilder().setTypeUrl(type.typeUrl()).setValue(bytes()))
                .build();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String abbreviated(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }
}
