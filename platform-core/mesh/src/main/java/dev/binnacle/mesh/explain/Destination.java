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

    /** Takes {@code to} apart; a scheme, and a path behind the host, are left out. */
    static Destination of(WhyRequest request) {
        String rest = request.to().toLowerCase(Locale.ROOT);
        int scheme = rest.indexOf("://");
        rest = scheme < 0 ? rest : rest.substring(scheme + 3);
        int slash = rest.indexOf('/');
        rest = slash < 0 ? rest : rest.substring(0, slash);
        String host = DomainSearch.withoutPort(rest);
        Optional<Integer> written = host.equals(rest) ? Optional.empty() : number(rest.substring(host.length() + 1));
        return new Destination(host, request.port().or(() -> written));
    }

    /** Returns the Host header that a client sends. */
    String authority(int portCalled) {
        return portCalled == 80 ? host : host + ":" + portCalled;
    }

    private static Optional<Integer> number(String digits) {
        return digits.isEmpty() || digits.length() > 5 ? Optional.empty() : Optional.of(Integer.valueOf(digits));
    }
}
