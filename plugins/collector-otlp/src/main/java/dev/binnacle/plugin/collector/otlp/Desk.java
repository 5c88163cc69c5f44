package dev.binnacle.plugin.collector.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.binnacle.spi.collect.Intake;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.time.InstantSource;
import java.util.Optional;

/** Decides about each request that came whole: what is taken, what is rejected, what the sender is told. Never waits. */
final class Desk {
    private final Intake intake;
    private final Accounts accounts;
    private final InstantSource clock;
    private final Optional<Forwarder> forwarder;

    Desk(Intake intake, Accounts accounts, InstantSource clock, Optional<Forwarder> forwarder) {
        this.intake = intake;
        this.accounts = accounts;
        this.clock = clock;
        this.forwarder = forwarder;
    }

    Answer take(Signal signal, byte[] message) {
        try {
            return switch (signal) {
                case TRACES -> traces(ExportTraceServiceRequest.parseFrom(message), message);
                case METRICS -> metrics(ExportMetricsServiceRequest.parseFrom(message), message);
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

    private Answer traces(ExportTraceServiceRequest request, byte[] message) {
        var rejections = new Rejections();
        var spans = SpanReader.read(request, rejections);
        if (!spans.isEmpty()) {
            intake.spans(spans);
        }
        accounts.taken(Signal.TRACES, spans.size());
        accounts.rejected(Signal.TRACES, rejections.count());
        passOn(Signal.TRACES, message, spans.size() + rejections.count());
        var answer = ExportTraceServiceResponse.newBuilder();
        if (rejections.count() > 0) {
            answer.setPartialSuccess(ExportTracePartialSuccess.newBuilder()
                    .setRejectedSpans(rejections.count())
                    .setErrorMessage(rejections.message()));
        }
        return new Answer.Taken(answer.build());
    }

    private Answer metrics(ExportMetricsServiceRequest request, byte[] message) {
        var rejections = new Rejections();
        var samples = MetricReader.read(request, clock.instant(), rejections);
        if (!samples.isEmpty()) {
            intake.samples(samples);
        }
        accounts.taken(Signal.METRICS, samples.size());
        accounts.rejected(Signal.METRICS, rejections.count());
        passOn(Signal.METRICS, message, MetricReader.points(request));
        var answer = ExportMetricsServiceResponse.newBuilder();
        if (rejections.count() > 0) {
            answer.setPartialSuccess(ExportMetricsPartialSuccess.newBuilder()
                    .setRejectedDataPoints(rejections.count())
                    .setErrorMessage(rejections.message()));
        }
        return new Answer.Taken(answer.build());
    }

    private void passOn(Signal signal, byte[] message, long items) {
        if (items > 0) {
            forwarder.ifPresent(each -> each.offer(signal, message, items));
        }
    }
}
