package dev.binnacle.mesh.explain;

import java.util.Map;
import java.util.Optional;

/**
 * A request or connection as it comes in at a proxy.
 *
 * @param headers by name in small letters, pseudo headers among them; empty for what is no HTTP
 * @param path without its query
 * @param peer the identity in the certificate of who connects; empty for plaintext
 * @param from the address of who connects
 * @param address the address that is connected to
 * @param serverName the name in the TLS handshake; may be empty
 * @param claims what a token says; empty when there is none
 */
record Arrival(
        Map<String, String> headers,
        String path,
        Optional<String> peer,
        String from,
        String address,
        int port,
        String serverName,
        Map<String, Object> claims) {
    /** Returns the client's address as proxies on the way tell it, else that of who connects. */
    String client() {
        String forwarded = headers.getOrDefault("x-forwarded-for", "");
        String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).trim();
        return last.isEmpty() ? from : last;
    }
}
