package dev.binnacle.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
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
 * @param message what {@code bytes} were made from; the very same object again needs no second look
 * @param name the resource's own name
 * @param version the first 16 hex digits of the SHA-256 of {@code bytes}, the same in every process
 * @param bytes the message, serialized deterministically
 * @param references names of the endpoints (of a cluster) or routes (of a listener) that the proxy will ask for next
 */
record VersionedResource(Message message, String name, String version, ByteString bytes, List<String> references) {
    VersionedResource {
        references = List.copyOf(references);
    }

    /** Returns the resource that {@code message} is, taking over what is known of an {@code earlier} one with equal content. */
    static VersionedResource of(Message message, String name, @Nullable VersionedResource earlier) {
        if (earlier != null && earlier.isMadeFrom(message)) {
            return earlier;
        }
        var bytes = deterministicBytes(message);
        return earlier != null && earlier.bytes.equals(bytes)
                ? new VersionedResource(message, name, earlier.version, earlier.bytes, earlier.references)
                : new VersionedResource(message, name, versionOf(bytes), bytes, References.of(message));
    }

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

    /** Returns {@code message} serialized with map entries in the order of their keys. */
    static ByteString deterministicBytes(MessageLite message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ByteString.copyFrom(bytes);
    }

    /** Returns the version of content: equal content, equal version. */
    static String versionOf(ByteString bytes) {
        var digest = sha256();
        digest.update(bytes.asReadOnlyByteBuffer());
        return abbreviated(digest);
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
                .setResource(Any.newBuilder().setTypeUrl(type.typeUrl()).setValue(bytes))
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
