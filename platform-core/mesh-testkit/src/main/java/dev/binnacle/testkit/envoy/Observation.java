package dev.binnacle.testkit.envoy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a real Envoy did with a request.
 *
 * @param status of the answer
 * @param headers of the answer, names in lower case
 * @param body of the answer; empty when a server answered
 * @param route the name of the route that decided; empty when there was none
 * @param origin the line that made the route, {@code file:line}; empty when there was none
 * @param cluster the cluster the request went to; empty when it went nowhere
 * @param flags Envoy's response flags; empty when there are none
 * @param server what reached a server; empty when none was reached
 */
public record Observation(
        int status,
        List<Map.Entry<String, String>> headers,
        String body,
        String route,
        String origin,
        String cluster,
        String flags,
        Optional<Received> server) {

    /**
     * A request as a server got it.
     *
     * @param pod {@code name.namespace}, or {@code outside}
     * @param headers with the pseudo headers {@code :path} and {@code :authority}, names in lower case
     */
    public record Received(String pod, List<Map.Entry<String, String>> headers) {
        /** Returns the values of a header, in order. */
        public List<String> header(String name) {
            return values(headers, name);
        }

        /** Returns the path with its query. */
        public String path() {
            return String.join(",", header(":path"));
        }

        /** Returns the Host header. */
        public String host() {
            return String.join(",", header(":authority"));
        }
    }

    /** Returns the values of one of the answer's headers, in order. */
    public List<String> header(String name) {
        return values(headers, name);
    }

    private static List<String> values(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream()
                .filter(h -> h.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }
}
