package dev.binnacle.plugin.collector.otlp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.binnacle.plugin.collector.otlp.Outbox.Parcel;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.GZIPOutputStream;

/** Passes on what came, as it came, one request after the other, on a thread of its own. */
final class Forwarder implements AutoCloseable {
    private static final Set<Integer> COME_AGAIN = Set.of(429, 502, 503, 504);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int MAX_ANSWER = 64 * 1024;

    private final Forwarding settings;
    private final HttpClient http;
    private final Accounts accounts;
    private final Logger log;
    private final Outbox outbox;
    private final Thread thread;
    private boolean failing;

    Forwarder(Forwarding settings, HttpClient http, Accounts accounts, Logger log) {
        this.settings = settings;
        this.http = http;
        this.accounts = accounts;
        this.log = log;
        this.outbox = new Outbox(settings.queueBytes(), accounts);
        this.thread = new Thread(null, this::run, "otlp-forward", 0, false);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void offer(Signal signal, byte[] message, long items) {
        outbox.offer(new Parcel(signal, message, items));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outbox.clear();
    }

    private void run() {
        try {
            while (true) {
                var parcel = outbox.take();
                try {
                    deliver(parcel);
                } catch (RuntimeException e) {
                    // A mistake of ours must not end the way for all that come later.
                    fail(parcel, e.toString());
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void deliver(Parcel parcel) throws InterruptedException {
        long begun = System.nanoTime();
        var pause = FIRST_PAUSE;
        try {
            while (true) {
                var wait = tryOnce(parcel);
                if (wait.isEmpty()) {
                    return;
                }
                if (System.nanoTime() - begun > settings.giveUp().toNanos()) {
                    fail(parcel, "no success for " + settings.giveUp().toSeconds() + " s");
                    return;
                }
                Thread.sleep(Math.min(settings.giveUp().toMillis(), Math.max(wait.getAsLong(), jittered(pause))));
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            accounts.lost(parcel.signal(), parcel.items());
            throw e;
        }
    }

    /** Returns how many milliseconds to wait at least before another try; empty when there is none to make. */
    private OptionalLong tryOnce(Parcel parcel) throws InterruptedException {
        try {
            var response = http.send(request(parcel), BodyHandlers.ofInputStream());
            byte[] body;
            try (var stream = response.body()) {
                body = stream.readNBytes(MAX_ANSWER);
            }
            if (COME_AGAIN.contains(response.statusCode())) {
                problem("the endpoint answers " + response.statusCode());
                return OptionalLong.of(retryAfter(response));
            }
            if (response.statusCode() / 100 == 2) {
                delivered(parcel, body);
            } else {
                fail(parcel, "the endpoint answers " + response.statusCode());
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            problem(e.toString());
            return OptionalLong.of(0);
        }
    }

    private HttpRequest request(Parcel parcel) {
        var request = HttpRequest.newBuilder(settings.at(parcel.signal()))
                .timeout(settings.timeout())
                .header("content-type", HttpAdmission.PROTOBUF)
                .header("content-encoding", "gzip");
        settings.headers().forEach(request::setHeader);
        return request.POST(BodyPublishers.ofByteArray(packed(parcel.message())))
                .build();
    }

    private void delivered(Parcel parcel, byte[] answer) {
        long refused = Math.clamp(refused(parcel.signal(), answer), 0, parcel.items());
        accounts.forwarded(parcel.signal(), parcel.items() - refused);
        accounts.lost(parcel.signal(), refused);
        if (failing) {
            log.log(Level.INFO, "OTLP is passed on again endpoint={0}", settings.endpoint());
        }
        failing = false;
    }

    /** Returns how many items the endpoint says that it did not take. */
    private static long refused(Signal signal, byte[] answer) {
        try {
            return switch (signal) {
                case TRACES ->
                    ExportTraceServiceResponse.parseFrom(answer)
                            .getPartialSuccess()
                            .getRejectedSpans();
                case METRICS ->
                    ExportMetricsServiceResponse.parseFrom(answer)
                            .getPartialSuccess()
                            .getRejectedDataPoints();
            };
        } catch (InvalidProtocolBufferException e) {
            // An endpoint that says OK in words of its own has taken it.
            return 0;
        }
    }

    private void fail(Parcel parcel, String why) {
        accounts.lost(parcel.signal(), parcel.items());
        problem(why);
    }

    /** Said once per outage; the counters tell the rest. */
    private void problem(String why) {
        if (!failing) {
            log.log(Level.WARNING, "OTLP is not passed on endpoint={0} reason={1}", settings.endpoint(), why);
        }
        failing = true;
    }

    private static long retryAfter(HttpResponse<?> response) {
        String seconds = response.headers().firstValue("retry-after").orElse("0");
        return seconds.matches("\\d{1,4}") ? Long.parseLong(seconds) * 1_000 : 0;
    }

    private static long jittered(Duration pause) {
        long full = pause.toMillis();
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    }

    private static byte[] packed(byte[] message) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
