package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Fault;
import dev.binnacle.mesh.ir.Fault.Abort;
import dev.binnacle.mesh.ir.Fault.Delay;
import dev.binnacle.mesh.ir.Fault.Status;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;
import java.util.Optional;

/** Reads faults. */
final class FaultReader {
    /** In the order of gRPC's numbers. */
    private static final List<String> GRPC = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private static final Shape DELAY = Shape.named("HTTPFaultInjection_Delay")
            .with("fixedDelay", DURATION)
            .with("percentage", section(ShareReader.PERCENTAGE))
            .with("percent", new FieldType.Whole(0, 100), "deprecated: use `percentage`")
            .reject("exponentialDelay", "Istio does not support it either");
    private static final Shape ABORT = Shape.named("HTTPFaultInjection_Abort")
            .with("httpStatus", new FieldType.Whole(200, 599))
            .with("grpcStatus", choice(GRPC.toArray(String[]::new)))
            .with("percentage", section(ShareReader.PERCENTAGE))
            .reject("http2Error", "Istio does not support it either")
            .oneOf("httpStatus", "grpcStatus");
    static final Shape SHAPE =
            Shape.named("HTTPFaultInjection").with("delay", section(DELAY)).with("abort", section(ABORT));

    private final Problems problems;

    FaultReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the fault of a rule. */
    Optional<Fault> read(Section rule) {
        return rule.section("fault").map(fault -> {
            if (!fault.has("delay") && !fault.has("abort")) {
                problems.add(
                        DiagnosticCode.MISSING_FIELD,
                        fault.place(),
                        "the fault neither delays nor aborts",
                        "Add delay or abort, or remove it");
            }
            return new Fault(
                    fault.section("delay").flatMap(this::delay),
                    fault.section("abort").flatMap(this::abort));
        });
    }

    /** As in Istio's API, a share that is not said is that of no request. */
    private Optional<Delay> delay(Section delay) {
        var share = ShareReader.percentage(delay, "percentage")
                .or(() -> ShareReader.percent(delay, "percent"))
                .orElse(new Share(0));
        warnOfNothing(delay, "delay", share);
        if (!delay.has("fixedDelay")) {
            useless(delay, "the delay has no fixedDelay, so it delays nothing", "Add fixedDelay");
        }
        return delay.duration("fixedDelay").map(time -> new Delay(time, share));
    }

    private Optional<Abort> abort(Section abort) {
        var share = ShareReader.percentage(abort, "percentage").orElse(new Share(0));
        warnOfNothing(abort, "abort", share);
        var status = abort.number("httpStatus")
                .<Status>map(Status.Http::new)
                .or(() -> abort.text("grpcStatus").map(name -> new Status.Grpc(GRPC.indexOf(name))));
        if (status.isEmpty()) {
            useless(abort, "the abort has no status, so it aborts nothing", "Add httpStatus or grpcStatus");
        }
        return status.map(s -> new Abort(s, share));
    }

    private void warnOfNothing(Section part, String what, Share share) {
        if (share.isNone()) {
            String why = part.has("percentage") ? "its percentage is 0" : "it has no percentage";
            useless(part, "the " + what + " hits no request: " + why, "Add percentage.value, 100 for all requests");
        }
    }

    private void useless(Section part, String message, String fix) {
        problems.add(DiagnosticCode.WITHOUT_EFFECT, part.place(), message, fix);
    }
}
