package dev.binnacle.xds;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import java.lang.ref.SoftReference;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bytes of a response without its nonce. Kept when they are needed a second time, as long as there is room. */
final class SharedBody {
    private @Nullable SoftReference<ByteString> bytes;
    private boolean neededBefore;

    /** Returns the bytes of a response that tells {@code versions}, names of {@code wanted} or absent ones. */
    synchronized ByteString of(XdsType type, ResourceSet wanted, Map<String, String> versions) {
        var known = bytes == null ? null : bytes.get();
        if (known == null) {
            known = serialized(type, wanted, versions);
            if (neededBefore) {
                bytes = new SoftReference<>(known);
            }
            neededBefore = true;
        }
        return known;
    }

    static ByteString serialized(XdsType type, ResourceSet wanted, Map<String, String> versions) {
        var response =
                DeltaDiscoveryResponse.newBuilder().setTypeUrl(type.typeUrl()).setSystemVersionInfo(wanted.version());
        versions.forEach((name, version) -> {
            var resource = wanted.get(name);
            if (resource == null) {
                response.addRemovedResources(name);
            } else {
                response.addResources(resource.toResource());
            }
        });
        return response.build().toByteString();
    }
}
