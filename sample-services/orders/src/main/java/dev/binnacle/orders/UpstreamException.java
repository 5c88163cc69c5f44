package dev.binnacle.orders;

import jakarta.ws.rs.core.Response;

/** A neighbour did not do what it was asked; carries the status our own caller shall see. */
final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Response.StatusType status;

    UpstreamException(Response.StatusType status, String detail, Throwable cause) {
        super(detail, cause);
        this.status = status;
    }

    UpstreamException(Response.StatusType status, String detail) {
        super(detail);
        this.status = status;
    }

    Response.StatusType status() {
        return status;
    }
}
