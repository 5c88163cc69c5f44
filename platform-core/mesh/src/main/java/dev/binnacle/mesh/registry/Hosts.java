package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.kubernetes.Service;
import java.util.Locale;
import java.util.Optional;

/** Host names as Istio's resources write them. */
public final class Hosts {
    private Hosts() {}

    /**
     * Returns the full name: a name without dots is that of a Service in the resource's own namespace (facts F7). Destinations
     * and DestinationRules mean exactly what they write, in upper or lower case.
     */
    public static String resolve(String host, String namespace) {
        boolean full = host.contains(".") || host.contains(":") || host.startsWith("*");
        return full ? host : host + "." + namespace + ".svc." + Service.DOMAIN;
    }

    /** Returns the full name as requests have it, for which upper and lower case are the same. */
    public static String requested(String host, String namespace) {
        return resolve(host, namespace).toLowerCase(Locale.ROOT);
    }

    /** Tells whether {@code pattern}, perhaps a wildcard, covers {@code host}. */
    public static boolean covers(String pattern, String host) {
        return pattern.startsWith("*") ? host.endsWith(pattern.substring(1)) : pattern.equals(host);
    }

    /** Returns the narrower of two hosts of which one covers the other; empty when they have nothing in common. */
    public static Optional<String> intersection(String a, String b) {
        if (covers(a, b)) {
            return Optional.of(b);
        }
        return covers(b, a) ? Optional.of(a) : Optional.empty();
    }
}
