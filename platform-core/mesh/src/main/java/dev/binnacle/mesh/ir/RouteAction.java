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
     * @param mirrors who gets copies, whose answers nobody sees
     * @param hashing what is hashed, for destinations whose balancing is consistent
     * @param missing the status that requests get whose cluster does not exist; empty for Envoy's 503
     */
    record Forward(
            List<Destination> destinations,
            Optional<Duration> timeout,
            Rewrite rewrite,
            Optional<Retries> retries,
            List<Mirror> mirrors,
            List<Hashing> hashing,
            Optional<Integer> missing)
            implements RouteAction {
        /**
         * Returns what Istio does where no rule says anything: one cluster, no limit of time.
         *
         * @param retries the mesh's own
         */
        public static Forward to(String cluster, Retries retries) {
            return new Forward(
                    List.of(Destination.only(cluster)),
                    Optional.empty(),
                    Rewrite.NONE,
                    retries.written(),
                    List.of(),
                    List.of(),
                    Optional.empty());
        }

        /** Returns this with what its destination hashes. */
        public Forward hashing(List<Hashing> hashed) {
            return new Forward(destinations, timeout, rewrite, retries, mirrors, hashed, missing);
        }
    }

    /** Sends it wherever the Host header says, for hosts the mesh does not know. */
    record PassThrough(String cluster) implements RouteAction {}

    /** Carries bytes to a cluster, whatever they are: the client has asked for that by CONNECT. */
    record Tunnel(String cluster) implements RouteAction {}

    /**
     * Sends the client elsewhere.
     *
     * @param path the whole new path
     * @param prefix what replaces the part of the path that matched
     */
    record Redirect(
            int status,
            Optional<String> scheme,
            Optional<String> host,
            Optional<Integer> port,
            Optional<String> path,
            Optional<String> prefix)
            implements RouteAction {}

    /** Answers it. */
    record DirectResponse(int status, Body body) implements RouteAction {}

    /** What an answer says. */
    sealed interface Body {
        /** Says nothing. */
        Body EMPTY = new Text("");

        /** A text. */
        record Text(String text) implements Body {}

        /** Bytes, in Base64. */
        record Bytes(String base64) implements Body {}
    }

    /** Sends copies of some requests to a cluster. */
    record Mirror(String cluster, Share share) {}

    /**
     * A share of the requests.
     *
     * @param weight relative to the sum of all weights
     * @param host what the request's host is changed to
     */
    record Destination(String cluster, int weight, HeaderChanges headers, Optional<String> host) {
        /** Returns all requests for one cluster, unchanged. */
        public static Destination only(String cluster) {
            return share(cluster, 1);
        }

        /** Returns a share of the requests, unchanged. */
        public static Destination share(String cluster, int weight) {
            return new Destination(cluster, weight, HeaderChanges.NONE, Optional.empty());
        }
    }

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
     * @param backoff time before the second try, longer before later ones; empty for Envoy's 25 ms
     * @param avoidsPreviousHosts whether a try prefers pods that did not get one before; empty means yes, unless a hash
     *     chooses the pod
     * @param otherLocalities whether a try prefers localities that did not get one before
     */
    record Retries(
            int attempts,
            List<String> conditions,
            List<Integer> statusCodes,
            Optional<Duration> perTry,
            Optional<Duration> backoff,
            Optional<Boolean> avoidsPreviousHosts,
            boolean otherLocalities) {
        /** Istio's policy for routes that say nothing (facts F7). */
        public static final Retries DEFAULT = new Retries(
                2,
                List.of("connect-failure", "refused-stream", "unavailable", "cancelled", "retriable-status-codes"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);

        /** Returns this policy; empty when it is to try once. */
        public Optional<Retries> written() {
            return attempts > 0 ? Optional.of(this) : Optional.empty();
        }

        /** Returns this policy for destinations whose endpoint a hash decides: without a word, tries stay with it. */
        public Retries ofHash() {
            var avoids = Optional.of(avoidsPreviousHosts.orElse(false));
            return new Retries(attempts, conditions, statusCodes, perTry, backoff, avoids, otherLocalities);
        }
    }
}
