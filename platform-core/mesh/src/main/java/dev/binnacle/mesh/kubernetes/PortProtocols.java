package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.ir.Protocol;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Istio's explicit protocol selection: by {@code appProtocol}, else by the port's name (facts F7). */
public final class PortProtocols {
    private static final Map<String, Protocol> KNOWN = Map.ofEntries(
            Map.entry("http", Protocol.HTTP),
            Map.entry("http_proxy", Protocol.HTTP),
            Map.entry("kubernetes.io/ws", Protocol.HTTP),
            Map.entry("http2", Protocol.HTTP2),
            Map.entry("kubernetes.io/wss", Protocol.TLS),
            Map.entry("kubernetes.io/h2c", Protocol.HTTP2),
            Map.entry("grpc", Protocol.GRPC),
            Map.entry("grpc-web", Protocol.GRPC),
            Map.entry("https", Protocol.TLS),
            Map.entry("tls", Protocol.TLS),
            Map.entry("tcp", Protocol.TCP),
            Map.entry("mongo", Protocol.TCP),
            Map.entry("redis", Protocol.TCP),
            Map.entry("mysql", Protocol.TCP));

    /** SMTP, DNS, MySQL and MongoDB: servers that speak first, or bytes that would look like something else. */
    private static final Set<Integer> KNOWN_TO_BE_TCP = Set.of(25, 53, 3306, 27017);

    private PortProtocols() {}

    /**
     * Returns the protocol; empty when {@code appProtocol} or, without one, {@code name} does not tell it, nor does the
     * number.
     */
    public static Optional<Protocol> of(Optional<String> appProtocol, String name, int number) {
        return appProtocol
                .flatMap(PortProtocols::known)
                .or(() -> byName(appProtocol.orElse(name)))
                .or(() -> KNOWN_TO_BE_TCP.contains(number) ? Optional.of(Protocol.TCP) : Optional.empty());
    }

    /** Returns the protocol that a port's name tells: {@code http-api} is http. */
    public static Optional<Protocol> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("grpc-web")) {
            return known("grpc-web");
        }
        int dash = lower.indexOf('-');
        return known(dash < 0 ? lower : lower.substring(0, dash));
    }

    private static Optional<Protocol> known(String word) {
        return Optional.ofNullable(KNOWN.get(word.toLowerCase(Locale.ROOT)));
    }
}
