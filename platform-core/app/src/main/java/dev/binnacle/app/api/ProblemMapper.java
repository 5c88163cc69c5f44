package dev.binnacle.app.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of the API as a problem document. */
public class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    public Response problem(ProblemException exception) {
        return response(exception.problem());
    }

    /** The framework's own: no such path, method not allowed, unsupported media type, unreadable body. */
    @ServerExceptionMapper
    public Response framework(WebApplicationException exception) {
        var status = exception.getResponse().getStatusInfo();
        if (exception.getCause() instanceof JacksonException unreadable) {
            return json(unreadable);
        }
        if (status.getStatusCode() >= 500) {
            LOG.error("request failed", exception);
        }
        String detail = status.getStatusCode() == 404
                ? "There is nothing at this path. /q/openapi describes the API"
                : String.valueOf(exception.getMessage());
        return response(Problem.ofStatus(status.getStatusCode(), status.getReasonPhrase(), detail));
    }

    @ServerExceptionMapper
    public Response mismatch(MismatchedInputException exception) {
        return json(exception);
    }

    @ServerExceptionMapper
    public Response json(JacksonException exception) {
        var at = exception.getLocation();
        String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return response(Problem.ofStatus(
                400, "Bad Request", "The body is not the JSON expected: " + where + exception.getOriginalMessage()));
    }

    /** A mistake of ours: the log has the details, the answer has none. */
    @ServerExceptionMapper
    public Response unexpected(Throwable failure) {
        LOG.error("request failed", failure);
        return response(Problem.ofStatus(
                500, "Internal Server Error", "The request failed for a reason that only the application's log tells"));
    }

    private static Response response(Problem problem) {
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
