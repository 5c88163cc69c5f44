package dev.binnacle.loadgenerator;

import jakarta.ws.rs.core.Response;

/** An error as RFC 9457 has it. */
record Problem(String type, String title, int status, String detail) {
    private static final String MEDIA_TYPE = "application/problem+json";

    /** Returns the answer for {@code status} with {@code detail} for the caller to read. */
    static Response answer(Response.StatusType status, String detail) {
        var problem = new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail);
        return Response.status(status.getStatusCode())
                .type(MEDIA_TYPE)
                .entity(problem)
                .build();
    }
}
