package dev.binnacle.storefront;

import static jakarta.ws.rs.core.Response.Status.BAD_GATEWAY;
import static jakarta.ws.rs.core.Response.Status.GATEWAY_TIMEOUT;
import static jakarta.ws.rs.core.Response.Status.SERVICE_UNAVAILABLE;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Calls neighbours and says which one failed, and how.
 *
 * <p>Only a refusal that the neighbour itself worded (a problem document) is passed on as it is. Any other answer is a
 * failure on the way, so that a routing mistake, which proxies answer with 404, never looks like a missing article.
 */
final class Upstream {
    private static final int LONGEST_DETAIL = 200;

    private Upstream() {}

    /**
     * Returns what {@code call} to {@code service} returns.
     *
     * @throws UpstreamException when it fails
     */
    static <T> T call(String service, Supplier<T> call) {
        try {
            return call.get();
        } catch (WebApplicationException e) {
            throw refused(service, e);
        } catch (ProcessingException e) {
            throw unreachable(service, e);
        }
    }

    private static UpstreamException refused(String service, WebApplicationException e) {
        var response = e.getResponse();
        if (response.getStatus() < 400) {
            return garbled(service, e);
        }
        var problem = problemIn(response);
        if (problem.isPresent() && response.getStatus() < 500) {
            return new UpstreamException(response.getStatusInfo(), problem.get().detail(), e);
        }
        var said = problem.map(Problem::detail)
                .or(() -> read(response, String.class))
                .orElse("nothing more");
        return new UpstreamException(
                forwarded(response.getStatus()),
                service + " answered " + response.getStatus() + ": " + shortened(said),
                e);
    }

    private static Optional<Problem> problemIn(Response response) {
        var type = response.getMediaType();
        return type != null && type.isCompatible(Problem.MEDIA_TYPE) ? read(response, Problem.class) : Optional.empty();
    }

    private static UpstreamException unreachable(String service, ProcessingException e) {
        if (isCausedBy(e, TimeoutException.class)) {
            return new UpstreamException(GATEWAY_TIMEOUT, service + " did not answer in time", e);
        }
        if (isCausedBy(e, ConnectException.class) || isCausedBy(e, UnknownHostException.class)) {
            return new UpstreamException(SERVICE_UNAVAILABLE, service + " cannot be reached", e);
        }
        return garbled(service, e);
    }

    private static UpstreamException garbled(String service, Exception e) {
        return new UpstreamException(BAD_GATEWAY, service + " broke off or gave an answer nobody understands", e);
    }

    private static Response.Status forwarded(int status) {
        return switch (status) {
            case 429, 503 -> SERVICE_UNAVAILABLE;
            case 504 -> GATEWAY_TIMEOUT;
            default -> BAD_GATEWAY;
        };
    }

    private static <T> Optional<T> read(Response response, Class<T> type) {
        try {
            return response.hasEntity() ? Optional.ofNullable(response.readEntity(type)) : Optional.empty();
        } catch (ProcessingException | WebApplicationException e) {
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        var stripped = text.strip();
        return stripped.length() <= LONGEST_DETAIL ? stripped : stripped.substring(0, LONGEST_DETAIL) + "…";
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause).anyMatch(type::isInstance);
    }
}
