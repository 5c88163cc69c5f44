package dev.binnacle.xds;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it goes over the wire. Two are equal when name and version are.
 *
 * <p>Its bytes are kept only as long as there is room: a large mesh has some hundred MB of them. The version is two
 * checksums of them in hex, CRC-32 and CRC-32C: the same in every process, and quick also before the JVM is warm. It tells
 * content apart, it protects nothing.
 */
final class VersionedResource {
    private final XdsType type;
    private final String name;
    private final Message source;
    private final String version;
    private final List<ResourceId> references;
    private volatile WeakReference<ByteString> bytes;
    private volatile SoftReference<@Nullable ByteString> part = new SoftReference<>(null);

    private VersionedResource(
            XdsType type, String name, Message source, String version, List<ResourceId> references, ByteString bytes) {
        this.type = type;
        this.name = name;
        this.source = source;
        this.version = version;
        this.references = references;
        this.bytes = new WeakReference<>(bytes);
    }

    /**
     * Returns the resource that is made of {@code source}, taking over what is known of an {@code earlier} one with equal
     * content.
     */
    static VersionedResource of(XdsType type, String name, Message source, @Nullable VersionedResource earlier) {
        var bytes = deterministicBytes(told(type, name, source));
        String version = versionOf(bytes);
        var references =
                earlier != null && earlier.version.equals(version) ? earlier.references : References.of(source);
        return new VersionedResource(type, name, source, version, references, bytes);
    }

    /** Returns the form in which proxies hear of {@code source}. */
    private static Message told(XdsType type, String name, Message source) {
        return switch (type) {
            case ROUTE -> RouteTables.withoutVirtualHosts((RouteConfiguration) source);
            case VIRTUAL_HOST ->
                ((VirtualHost) source).toBuilder().setName(name).build();
            case CLUSTER, ENDPOINT, SECRET, LISTENER, FILTER -> source;
        };
    }

    /** Returns the resource's own name. */
    String name() {
        return name;
    }

    /** Returns the version of its content: equal content, equal version. */
    String version() {
        return version;
    }

    /** Returns what the proxy will ask for next, when it has this. */
    List<ResourceId> references() {
        return references;
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
            known = deterministicBytes(told(type, name, source));
            bytes = new WeakReference<>(known);
        }
        return known;
    }

    /** Returns {@code message} serialized with map entries in the order of their keys. */
    private static ByteString deterministicBytes(MessageLite message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        var out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private static String versionOf(ByteString bytes) {
        var checksums = new Checksums();
        checksums.add(bytes);
        return checksums.toString();
    }

    /** Returns one version for a whole set, from names and versions in order of name. */
    static String versionOf(Collection<VersionedResource> sorted) {
        var checksums = new Checksums();
        sorted.forEach(resource -> {
            checksums.add(ByteString.copyFromUtf8(resource.name() + "\0"));
            checksums.add(ByteString.copyFromUtf8(resource.version()));
        });
        return checksums.toString();
    }

    /**
     * Returns the bytes that a response has for it. A response is the bytes of its parts one after the other (Protocol
     * Buffers, "Encoding"), so they are made once for all responses.
     */
    ByteString part() {
        var known = part.get();
        if (known == null) {
            var resource = Resource.newBuilder()
                    .setName(name)
                    .setVersion(version)
                    .setResource(Any.newBuilder().setTypeUrl(type.typeUrl()).setValue(bytes()));
            known = DeltaDiscoveryResponse.newBuilder()
                    .addResources(resource)
                    .build()
                    .toByteString();
            part = new SoftReference<>(known);
        }
        return known;
    }

    /** Tells whether it was made of this very message under this name: then nothing needs a second look. */
    @SuppressWarnings("ReferenceEquality")
    boolean is(XdsType messageType, String messageName, Message message) {
        return source == message && type == messageType && name.equals(messageName);
    }

    private static final class Checksums {
        private final List<Checksum> both = List.of(new CRC32(), new CRC32C());

        void add(ByteString bytes) {
            both.forEach(checksum -> checksum.update(bytes.asReadOnlyByteBuffer()));
        }

        @Override
        public String toString() {
            return both.stream()
                    .map(checksum -> HexFormat.of().toHexDigits((int) checksum.getValue()))
                    .collect(Collectors.joining());
        }
    }
}
