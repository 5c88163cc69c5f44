package dev.binnacle.mesh.ir;

import java.util.Optional;

/**
 * How a cluster's endpoints are used.
 *
 * @param byLocality whether the weights of localities count
 * @param outliers empty where no endpoint is ejected
 * @param retryBudget a limit for retries that grows with the requests
 * @param proxyProtocol the version of the PROXY protocol that connections begin with
 */
public record Traffic(
        Balancing balancing,
        boolean byLocality,
        ConnectionPool pool,
        Optional<OutlierDetection> outliers,
        Optional<RetryBudget> retryBudget,
        Optional<Integer> proxyProtocol) {

    /** What holds where no DestinationRule says anything. */
    public static final Traffic DEFAULT = new Traffic(
            Balancing.DEFAULT, false, ConnectionPool.NONE, Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * How many retries may go on at the same time.
     *
     * @param percent of the active requests
     * @param minimum that are always allowed
     */
    public record RetryBudget(double percent, int minimum) {}
}
