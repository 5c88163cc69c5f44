package dev.binnacle.mesh.istio;

import com.google.re2j.Pattern;
import java.util.Optional;
import java.util.Set;

/** The operators of Envoy that a header's value may hold. A wrong one would make Envoy refuse every route. */
final class HeaderFormat {
    private static final Pattern OPERATOR =
            Pattern.compile("%([A-Z][A-Z0-9_]*)(?:\\(([-A-Za-z0-9_:?.]*)\\))?(:[0-9]{1,5})?%");

    /** Operators that need the name of a header. */
    private static final Set<String> OF_HEADERS = Set.of("REQ", "RESP");

    private static final Set<String> PLAIN = Set.of(
            "BYTES_RECEIVED",
            "CONNECTION_ID",
            "DOWNSTREAM_DIRECT_REMOTE_ADDRESS",
            "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT",
            "DOWNSTREAM_LOCAL_ADDRESS",
            "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT",
            "DOWNSTREAM_LOCAL_PORT",
            "DOWNSTREAM_LOCAL_URI_SAN",
            "DOWNSTREAM_PEER_SUBJECT",
            "DOWNSTREAM_PEER_URI_SAN",
            "DOWNSTREAM_REMOTE_ADDRESS",
            "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
            "DURATION",
            "HOSTNAME",
            "PROTOCOL",
            "RESPONSE_CODE",
            "RESPONSE_CODE_DETAILS",
            "RESPONSE_FLAGS",
            "ROUTE_NAME",
            "START_TIME",
            "UPSTREAM_CLUSTER",
            "UPSTREAM_HOST",
            "UPSTREAM_REMOTE_ADDRESS",
            "UPSTREAM_REQUEST_ATTEMPT_COUNT",
            "VIRTUAL_CLUSTER_NAME");

    private HeaderFormat() {}

    /** Returns what Envoy would not accept in {@code value}. */
    static Optional<String> problem(String value) {
        var operators = OPERATOR.matcher(value);
        int i = value.indexOf('%');
        while (i >= 0) {
            if (value.startsWith("%%", i)) {
                i = value.indexOf('%', i + 2);
                continue;
            }
            if (!operators.find(i) || operators.start() != i) {
                return Optional.of("\"" + value + "\" has a percent sign that begins no operator");
            }
            String name = operators.group(1);
            boolean bare = operators.group(2) == null && operators.group(3) == null;
            boolean ofHeader = operators.group(2) != null && !operators.group(2).isEmpty();
            if (!(PLAIN.contains(name) && bare) && !(OF_HEADERS.contains(name) && ofHeader)) {
                return Optional.of(operators.group() + " is not an operator that Envoy accepts here");
            }
            i = value.indexOf('%', operators.end());
        }
        return Optional.empty();
    }
}
