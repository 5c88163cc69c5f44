package dev.binnacle.mesh.explain;

import java.util.Locale;
import java.util.Optional;

/**
 * The host and port a client asks for.
 *
 * @param host without port, in lower case
 * @param port if the user gave one
 */
record Destination(String host, Optional<Integer> port) {
    private static final int HTTPS = 443;

    /** Takes {@code to} apart; a scheme, and a path behind the host, are left out. */
    static Destination of(WhyRequest request) {
        String rest = request.to().toLowerCase(Locale.ROOT);
        int scheme = rest.indexOf("://");
        rest = scheme < 0 ? rest : rest.substring(scheme + 3);
        int slash = rest.indexOf('/');
        rest = slash < 0 ? rest : rest.substring(0, slash);
        String host = isWithPort(rest) ? DomainSearch.withoutPort(rest) : rest;
        boolean secure = request.to().toLowerCase(Locale.ROOT).startsWith("https://");
        Optional<Integer> written = host.equals(rest)
                ? Optional.of(HTTPS).filter(port -> secure)
                : number(rest.substring(host.length() + 1));
        return new Destination(host, request.port().or(() -> written));
    }

    /** Tells whether there is a host, and a port if there is a colon. */
    boolean isComplete() {
        return !host.isEmpty() && (host.indexOf(':') < 0 || host.startsWith("["));
    }

    /** Returns the Host header that a client sends. */
    String authority(int portCalled) {
        return portCalled == 80 ? host : host + ":" + portCalled;
    }

    /** A number that is no port stays with the host, which is none then. */
    private static boolean isWithPort(String authority) {
        String digits = authority
                .substring(DomainSearch.withoutPort(authority).length())
                .replace(":", "");
        return digits.isEmpty() || digits.length() < 6 && Integer.parseInt(digits) - 1 < 65535;
    }

    private static Optional<Integer> number(String digits) {
        return digits.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(digits));
    }
}
