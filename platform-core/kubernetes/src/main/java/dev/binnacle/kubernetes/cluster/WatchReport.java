package dev.binnacle.kubernetes.cluster;

/**
 * How the watch of one kind is doing.
 *
 * @param resource {@code virtualservices.networking.istio.io}; with its namespace where only that is looked at
 * @param objects how many are known
 * @param begins how often everything was listed: once, and again whenever a watch broke beyond repair
 * @param changes how many objects came, changed or went since the platform started
 * @param reason what is wrong, and what to do; empty when nothing is
 */
public record WatchReport(String resource, State state, int objects, int begins, long changes, String reason) {
    /** What is known of a kind. */
    public enum State {
        /** Nothing yet. */
        WAITING,
        /** What there is. */
        SYNCED,
        /** What there was: the API server does not answer. */
        STALE,
        /** Nothing, since the cluster has no such kind: what defines it is not installed. */
        ABSENT,
        /** Nothing, or what there was: the API server refuses to tell. */
        REFUSED
    }

    /** Tells whether there is nothing to wait for: what there is to know is known. */
    boolean isSettled() {
        return state != State.WAITING;
    }
}
