package dev.binnacle.mesh.ir;

import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What browsers may do for pages of other origins.
 *
 * @param origins conditions on the header {@code Origin}, of which one must hold
 * @param methods for {@code Access-Control-Allow-Methods}
 * @param headers for {@code Access-Control-Allow-Headers}
 * @param exposed for {@code Access-Control-Expose-Headers}
 * @param maxAge how long browsers may keep the answer; empty when they decide
 * @param credentials whether cookies may be sent; empty when nothing is said
 * @param forwardsOthers whether preflight requests of other origins reach the service
 */
public record Cors(
        List<TextMatch> origins,
        List<String> methods,
        List<String> headers,
        List<String> exposed,
        Optional<Duration> maxAge,
        Optional<Boolean> credentials,
        boolean forwardsOthers) {}
