package dev.binnacle.loadgenerator;

import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns failures into answers a caller can act on. */
class Problems {
    @ServerExceptionMapper
    Response unreadable(MismatchedInputException failure) {
        return Problem.answer(Response.Status.BAD_REQUEST, failure.getOriginalMessage());
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException failure) {
        return Problem.answer(failure.getResponse().getStatusInfo(), rootOf(failure));
    }

    private static String rootOf(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
