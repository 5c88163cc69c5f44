package dev.binnacle.catalog;

import static jakarta.ws.rs.core.Response.Status.BAD_GATEWAY;
import static jakarta.ws.rs.core.Response.Status.BAD_REQUEST;
import static jakarta.ws.rs.core.Response.Status.CONFLICT;
import static jakarta.ws.rs.core.Response.Status.GATEWAY_TIMEOUT;
import static jakarta.ws.rs.core.Response.Status.NOT_FOUND;
import static jakarta.ws.rs.core.Response.Status.SERVICE_UNAVAILABLE;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns failures into answers a caller can act on. */
class Problems {
    @ServerExceptionMapper
    Response inventoryFailed(StatusRuntimeException failure) {
        var grpc = failure.getStatus();
        return Problem.answer(statusOf(grpc.getCode()), "inventory: " + describe(grpc));
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException failure) {
        return Problem.answer(failure.getResponse().getStatusInfo(), rootOf(failure));
    }

    @ServerExceptionMapper
    Response unreadable(MismatchedInputException failure) {
        return Problem.answer(BAD_REQUEST, failure.getOriginalMessage());
    }

    private static Response.Status statusOf(Status.Code code) {
        return switch (code) {
            case NOT_FOUND -> NOT_FOUND;
            case FAILED_PRECONDITION -> CONFLICT;
            case UNAVAILABLE, RESOURCE_EXHAUSTED -> SERVICE_UNAVAILABLE;
            case DEADLINE_EXCEEDED, CANCELLED -> GATEWAY_TIMEOUT;
            default -> BAD_GATEWAY;
        };
    }

    private static String describe(Status grpc) {
        return Objects.requireNonNullElse(grpc.getDescription(), grpc.getCode().name());
    }

    private static String rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
