package dev.binnacle.mesh.ir;

import java.time.Duration;
import java.util.Optional;

/** Trouble that a proxy makes on purpose, before it sends a request on. Each part hits requests by itself. */
public record Fault(Optional<Delay> delay, Optional<Abort> abort) {
    /** Some requests wait. */
    public record Delay(Duration time, Share share) {}

    /** Some requests are answered here; they are not tried again. */
    public record Abort(Status status, Share share) {}

    /** The answer of an aborted request. */
    public sealed interface Status {
        /** An HTTP status. */
        record Http(int code) implements Status {}

        /** A gRPC status, with HTTP 200 to clients that speak gRPC. */
        record Grpc(int code) implements Status {}
    }
}
