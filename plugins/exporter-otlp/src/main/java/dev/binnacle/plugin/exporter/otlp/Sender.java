package dev.binnacle.plugin.exporter.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.binnacle.prometheus.sink.Answer;
import dev.binnacle.prometheus.sink.Endpoint;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.export.ExportException;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsPartialSuccess;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.zip.GZIPOutputStream;

/** OTLP over HTTP, with messages in Protocol Buffers. */
final class Sender implements AutoCloseable {
    /** The answers after which OTLP allows to try again; all others will never be different. */
    private static final IntPredicate PASSING = status -> switch (status) {
        case 429, 502, 503, 504 -> true;
        default -> false;
    };

    private static final int LONGEST_SAID = 256;

    private final Endpoint endpoint;
    private final boolean gzip;
    private final InstantSource clock;
    private final System.Logger log;
    private final Counter requests;
    private final Counter bytes;
    private String lastWarning = "";

    Sender(Endpoint endpoint, boolean gzip, InstantSource clock, Meters meters, System.Logger log) {
        this.endpoint = endpoint;
        this.gzip = gzip;
        this.clock = clock;
        this.log = log;
        this.requests = meters.counter("requests", "Requests sent, each try counted");
        this.bytes = meters.counter("request_bytes", "Bytes of the requests' bodies, as sent");
    }

    /** Sends a request and returns what the receiver says about the points that it did not take; nothing, mostly. */
    ExportMetricsPartialSuccess send(ExportMetricsServiceRequest request) throws ExportException, InterruptedException {
        byte[] message = request.toByteArray();
        byte[] body = gzip ? packed(message) : message;
        var about = new HashMap<>(Map.of("Content-Type", "application/x-protobuf"));
        if (gzip) {
            about.put("Content-Encoding", "gzip");
        }
        requests.add(1);
        bytes.add(body.length);
        var answer = endpoint.send("POST", about, body, body.length);
        if (!answer.isSuccess()) {
            throw answer.failure(PASSING, clock);
        }
        return taken(answer);
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private ExportMetricsPartialSuccess taken(Answer answer) throws ExportException {
        try {
            var partial = ExportMetricsServiceResponse.parseFrom(answer.body()).getPartialSuccess();
            warn(partial);
            return partial;
        } catch (InvalidProtocolBufferException e) {
            throw new ExportException(FailureKind.TRANSIENT, answer.message() + ", which is no answer of OTLP", e);
        }
    }

    /** A receiver that took everything may still have something to say. Once for each text. */
    private void warn(ExportMetricsPartialSuccess partial) {
        String said = said(partial);
        if (partial.getRejectedDataPoints() == 0 && !said.isEmpty() && !said.equals(lastWarning)) {
            log.log(Level.WARNING, "the receiver took everything and says {0}", said);
            lastWarning = said;
        }
    }

    /** Returns the receiver's words in one line. */
    static String said(ExportMetricsPartialSuccess partial) {
        String line =
                partial.getErrorMessage().replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_SAID ? line : line.substring(0, LONGEST_SAID) + "…";
    }

    private static byte[] packed(byte[] message) {
        var bytes = new ByteArrayOutputStream(message.length / 4);
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
