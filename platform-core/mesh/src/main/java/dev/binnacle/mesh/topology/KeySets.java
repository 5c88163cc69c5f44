package dev.binnacle.mesh.topology;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Key sets (JWKS) that were fetched, by where.
 *
 * @param byUri JSON by the address as a RequestAuthentication writes it
 */
public record KeySets(Map<String, String> byUri) {
    /** Nothing has been fetched. */
    public static final KeySets NONE = new KeySets(Map.of());

    public KeySets {
        byUri = Collections.unmodifiableMap(new TreeMap<>(byUri));
    }

    /** Returns the key set that was found there. */
    public Optional<String> at(String uri) {
        return Optional.ofNullable(byUri.get(uri));
    }

    /** Tells whether an address may be fetched: it is on this machine. */
    public static boolean isNear(String uri) {
        try {
            String host = URI.create(uri).getHost();
            return host != null
                    && (host.equals("localhost")
                            || host.equals("[::1]")
                            || host.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
