package dev.binnacle.plugin.collector.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.binnacle.spi.collect.Intake;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** Decides about each request that came whole: what is taken, what is rejected, what the sender is told. Never waits. */
final class Desk {
    private final Intake intake;
    private final Accounts accounts;

    Desk(Intake intake, Accounts accounts) {
        this.intake = intake;
        this.accounts = accounts;
    }

    Answer take(Signal signal, byte[] message) {
        try {
            return switch (signal) {
                case TRACES -> traces(ExportTraceServiceRequest.parseFrom(message));
                case METRICS -> refuse(Refusal.UNSUPPORTED, "metrics are not taken here");
            };
        } catch (InvalidProtocolBufferException e) {
            return refuse(Refusal.MALFORMED, "the body is no " + signal.path() + " request: " + e.getMessage());
        }
    }

    /** Counts a request that is refused before it came whole, or for what it is. */
    Answer.Refused refuse(Refusal reason, String why) {
        accounts.refused(reason);
        return new Answer.Refused(reason, why);
    }

    private Answer traces(ExportTraceServiceRequest request) {
        var rejections = new Rejections();
        var spans = SpanReader.read(request, rejections);
        if (!spans.isEmpty()) {
            intake.spans(spans);
        }
        accounts.taken(Signal.TRACES, spans.size());
        accounts.rejected(Signal.TRACES, rejections.count());
        var answer = ExportTraceServiceResponse.newBuilder();
        if (rejections.count() > 0) {
            answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(rejections.count())
                    .setErrorMessage(rejections.message()));
        }
        return new Answer.Taken(answer.build());
    }
}
