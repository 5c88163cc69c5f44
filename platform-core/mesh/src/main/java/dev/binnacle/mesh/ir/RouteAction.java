package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a route does with a request. */
public sealed interface RouteAction {

    /**
     * Sends it to one of several clusters by weight.
     *
     * @param timeout for the whole request with its retries; empty for none
     * @param rewrite changes to path and host
     * @param retries empty for none
     */
    record Forward(
            List<Destination> destinations, Optional<Duration> timeout, Rewrite rewrite, Optional<Retries> retries)
            implements RouteAction {}

    /** Sends it wherever the Host header says, for hosts the mesh does not know. */
    record PassThrough(String cluster) implements RouteAction {}

    /** Sends the client elsewhere. */
    record Redirect(
            int status, Optional<String> scheme, Optional<String> host, Optional<Integer> port, Optional<String> path)
            implements RouteAction {}

    /** Answers it. */
    record DirectResponse(int status, String body) implements RouteAction {}

    /**
     * A share of the requests.
     *
     * @param weight relative to the sum of all weights
     * @param host what the request's host is changed to
     */
    record Destination(String cluster, int weight, HeaderChanges headers, Optional<String> host) {}

    /** Changes to path and host; none where empty. */
    record Rewrite(Optional<String> prefix, Optional<RegexRewrite> regex, Optional<String> host) {
        /** Changes nothing. */
        public static final Rewrite NONE = new Rewrite(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Replaces what {@code regex} (RE2) matches in the path. */
    record RegexRewrite(String regex, String substitution) {}

    /**
     * When and how often a request is tried again.
     *
     * @param attempts after the first one
     * @param conditions Envoy's names for what is worth another try
     * @param statusCodes responses that are
     * @param perTry time for one try; empty for none
     */
    record Retries(
            int attempts,
            List<String> conditions,
            List<Integer> statusCodes,
            Optional<Duration> perTry,
            Optional<Duration> backoff) {
        /** Istio's policy for routes that say nothing (facts F7). */
        public static final Retries DEFAULT = new Retries(
                2,
                List.of("connect-failure", "refused-stream", "unavailable", "cancelled", "retriable-status-codes"),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
