package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.Optional;

/**
 * How connections of a TCP port are passed on.
 *
 * @param byClient whether the client's address decides about the endpoint, where the balancing is consistent
 * @param idleTimeout zero for never; empty for Envoy's default, an hour
 */
public record TcpConnections(boolean byClient, Optional<Duration> idleTimeout, Optional<Duration> maxDuration) {
    /** What holds where no DestinationRule says anything. */
    public static final TcpConnections DEFAULT = new TcpConnections(false, Optional.empty(), Optional.empty());
}
