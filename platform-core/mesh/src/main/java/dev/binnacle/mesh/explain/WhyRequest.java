package dev.binnacle.mesh.explain;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that might be sent.
 *
 * @param from who sends it: a pod's or a Deployment's name, with or without {@code .namespace}, or an {@code app} label
 * @param to the host, as the client would write it; {@code host:port} and {@code http://host:port/path} are understood too
 * @param port the port; empty for the one in {@code to}, or the Service's only one
 * @param path the path with its query
 * @param method for example {@code GET}
 * @param headers by name; names are not case-sensitive
 */
public record WhyRequest(
        String from, String to, Optional<Integer> port, String path, String method, Map<String, String> headers) {
    public WhyRequest {
        var sorted = new TreeMap<String, String>();
        headers.forEach((name, value) -> sorted.put(name.toLowerCase(Locale.ROOT), value));
        headers = Collections.unmodifiableMap(sorted);
    }
}
