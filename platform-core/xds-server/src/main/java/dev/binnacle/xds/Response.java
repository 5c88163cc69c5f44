package dev.binnacle.xds;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;

/**
 * A {@code DeltaDiscoveryResponse} as bytes: all but the nonce may be shared with other proxies.
 *
 * <p>The order of fields means nothing in a message, so the nonce may come last (Protocol Buffers, "Encoding").
 */
record Response(ByteString body, ByteString nonce) {
    Response(ByteString body, String nonce) {
        this(body, nonceField(nonce));
    }

    int size() {
        return body.size() + nonce.size();
    }

    private static ByteString nonceField(String nonce) {
        return DeltaDiscoveryResponse.newBuilder().setNonce(nonce).build().toByteString();
    }
}
