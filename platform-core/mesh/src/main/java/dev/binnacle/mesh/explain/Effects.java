package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.HeaderChanges;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy does to a request and its answer.
 *
 * @param status what the proxy itself answers with; null when the answer comes from elsewhere
 * @param location where a redirect leads
 * @param body what a direct response says
 * @param path what the server sees, with the query; null when there is no server
 * @param host the Host header that the server sees; null when there is no server
 * @param timeout for the request with all its tries; null for none
 * @param retries null for none
 * @param headers changes of the route, which those of a cluster come on top of
 */
public record Effects(
        @Nullable Integer status,
        @Nullable String location,
        @Nullable String body,
        @Nullable String path,
        @Nullable String host,
        @Nullable Duration timeout,
        @Nullable Retries retries,
        HeaderChanges headers) {

    /**
     * Further tries.
     *
     * @param attempts after the first one
     * @param on Envoy's names for what is worth another try
     * @param statusCodes responses that are
     * @param perTry time for one try; null for none
     * @param backoff the first pause; null for Envoy's 25 ms
     */
    public record Retries(
            int attempts,
            List<String> on,
            List<Integer> statusCodes,
            @Nullable Duration perTry,
            @Nullable Duration backoff) {}

    /** Returns that the proxy answers by itself. */
    static Effects answered(int status, @Nullable String body, HeaderChanges headers) {
        return new Effects(status, null, body, null, null, null, null, headers);
    }

    /** Returns that the client is sent elsewhere. */
    static Effects redirected(int status, String location, HeaderChanges headers) {
        return new Effects(status, location, null, null, null, null, null, headers);
    }

    /** Returns that the request goes on as it is. */
    static Effects passed(String path, String host) {
        return new Effects(null, null, null, path, host, null, null, HeaderChanges.NONE);
    }
}
