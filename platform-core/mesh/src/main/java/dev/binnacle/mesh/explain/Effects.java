package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.Fault;
import dev.binnacle.mesh.ir.Fault.Abort;
import dev.binnacle.mesh.ir.Fault.Status;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction.Mirror;
import dev.binnacle.mesh.ir.Share;
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
 * @param fault trouble made on purpose; null for none
 * @param copies who else gets the request; nobody sees their answers
 * @param cors whether browsers' questions for other origins are answered here
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
        @Nullable Trouble fault,
        List<Copy> copies,
        boolean cors,
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

    /**
     * Trouble made on purpose before the request goes on; null where there is none of a kind.
     *
     * @param delayPercent how many requests are delayed
     * @param abortStatus the HTTP status of requests that end here
     * @param abortGrpcStatus their gRPC status, by number
     * @param abortPercent how many requests end here, without another try
     */
    public record Trouble(
            @Nullable Duration delay,
            double delayPercent,
            @Nullable Integer abortStatus,
            @Nullable Integer abortGrpcStatus,
            double abortPercent) {
        static Trouble of(Fault fault) {
            var status = fault.abort().map(Abort::status);
            return new Trouble(
                    fault.delay().map(Fault.Delay::time).orElse(null),
                    fault.delay().map(delay -> percent(delay.share())).orElse(0.0),
                    status.map(s -> s instanceof Status.Http(int code) ? code : null)
                            .orElse(null),
                    status.map(s -> s instanceof Status.Grpc(int code) ? code : null)
                            .orElse(null),
                    fault.abort().map(abort -> percent(abort.share())).orElse(0.0));
        }
    }

    /** Copies of some of the requests. */
    public record Copy(String cluster, double percent) {
        static Copy of(Mirror mirror) {
            return new Copy(mirror.cluster(), Effects.percent(mirror.share()));
        }
    }

    private static double percent(Share share) {
        return share.millionths() / 10_000.0;
    }

    /** Returns the effects together with those of the filters before the route's action. */
    Effects after(Route route) {
        return new Effects(
                status,
                location,
                body,
                path,
                host,
                timeout,
                retries,
                route.fault().map(Trouble::of).orElse(null),
                copies,
                route.cors().isPresent(),
                headers);
    }

    /** Returns that the proxy answers by itself. */
    static Effects answered(int status, @Nullable String body, HeaderChanges headers) {
        return new Effects(status, null, body, null, null, null, null, null, List.of(), false, headers);
    }

    /** Returns that the client is sent elsewhere. */
    static Effects redirected(int status, String location, HeaderChanges headers) {
        return new Effects(status, location, null, null, null, null, null, null, List.of(), false, headers);
    }

    /** Returns that the request goes on as it is. */
    static Effects passed(String path, String host) {
        return new Effects(null, null, null, path, host, null, null, null, List.of(), false, HeaderChanges.NONE);
    }
}
