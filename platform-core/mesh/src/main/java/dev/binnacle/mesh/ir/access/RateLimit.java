package dev.binnacle.mesh.ir.access;

import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Share;
import java.time.Duration;

/**
 * How many requests one proxy lets in, by a bucket of tokens of its own (Envoy's local rate limit). A request takes a token;
 * where there is none it is answered at once.
 *
 * @param name what the proxy counts it under
 * @param tokens how many the bucket holds, and begins with
 * @param refill how many come each time
 * @param every the time between
 * @param asked the requests that take a token
 * @param enforced those of them that are refused without one; of the others it is counted only
 * @param status the answer's
 * @param answer headers of the answer
 * @param perConnection whether each connection has a bucket of its own
 * @param told whether answers tell how many tokens are left
 */
public record RateLimit(
        Origin origin,
        String name,
        int tokens,
        int refill,
        Duration every,
        Share asked,
        Share enforced,
        int status,
        Operations answer,
        boolean perConnection,
        boolean told) {
    /** Too Many Requests. */
    public static final int DEFAULT_STATUS = 429;
}
