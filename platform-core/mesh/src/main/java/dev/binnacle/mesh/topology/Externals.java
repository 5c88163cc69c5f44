package dev.binnacle.mesh.topology;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where hosts outside of the mesh are. By default a proxy connects to loopback addresses only, so that nothing on a
 * developer's machine calls the real internet by accident.
 *
 * @param standIns {@code host}, {@code host:port} or {@code *.domain} to the {@code address:port} or {@code address} that
 *     answers in its place
 * @param internet whether hosts without a stand-in may be called where they really are
 */
public record Externals(Map<String, String> standIns, boolean internet) {
    /** Nothing but loopback. */
    public static final Externals NONE = new Externals(Map.of(), false);

    /** A place to connect to. */
    public record At(String address, int port) {}

    public Externals {
        standIns = Collections.unmodifiableMap(new TreeMap<>(standIns));
    }

    /** Returns what stands in for a port of {@code host}: the exact name goes before the narrowest wildcard. */
    public Optional<At> standIn(String host, int port) {
        return namesFor(host)
                .flatMap(name -> Stream.of(name + ":" + port, name))
                .filter(standIns::containsKey)
                .map(standIns::get)
                .map(where -> at(where, port))
                .findFirst();
    }

    /** Returns the host itself and every wildcard that covers it, the narrowest first. */
    public static Stream<String> namesFor(String host) {
        return Stream.iterate(host, name -> !name.isEmpty(), name -> {
            int dot = name.indexOf('.', name.startsWith("*.") ? 2 : 0);
            return dot < 0 ? "" : "*" + name.substring(dot);
        });
    }

    private static At at(String where, int port) {
        int colon = where.lastIndexOf(':');
        return colon < 0
                ? new At(where, port)
                : new At(where.substring(0, colon), Integer.parseInt(where.substring(colon + 1)));
    }
}
