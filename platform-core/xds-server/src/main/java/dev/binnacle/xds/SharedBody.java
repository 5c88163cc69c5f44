package dev.binnacle.xds;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of a response without its nonce, kept as long as there is room: they are those of its parts. */
final class SharedBody {
    private @Nullable SoftReference<ByteString> bytes;

    /** Returns the bytes of a response that tells {@code versions}, names of {@code wanted} or absent ones. */
    synchronized ByteString of(XdsType type, ResourceSet wanted, Map<String, String> versions) {
        var known = bytes == null ? null : bytes.get();
        if (known == null) {
            known = serialized(type, wanted, versions);
            bytes = new SoftReference<>(known);
        }
        return known;
    }

    static ByteString serialized(XdsType type, ResourceSet wanted, Map<String, String> versions) {
        var head =
                DeltaDiscoveryResponse.newBuilder().setTypeUrl(type.typeUrl()).setSystemVersionInfo(wanted.version());
        var parts = new ArrayList<ByteString>(versions.size() + 1);
        versions.keySet().forEach(name -> {
            var resource = wanted.get(name);
            if (resource == null) {
                head.addRemovedResources(name);
            } else {
                parts.add(resource.part());
            }
        });
        parts.add(head.build().toByteString());
        return ByteString.copyFrom(parts);
    }
}
