package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.prometheus.sink.Answer;
import dev.binnacle.prometheus.sink.Endpoint;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import io.airlift.compress.snappy.SnappyCompressor;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Writes samples to a remote-write receiver, one request for a batch. */
final class RemoteWriteExporter implements Exporter {
    private final Endpoint endpoint;
    private final Sending sending;
    private final InstantSource clock;
    private final System.Logger log;
    private final Counter requests;
    private final Counter bytes;
    private final Counter relabeled;
    private final Counter tooOld;
    private final OutgoingLabels labels;
    private final ProtoBuffer message = new ProtoBuffer(256 * 1024);
    private final SnappyCompressor snappy = new SnappyCompressor();
    private WriteFormat format;
    private byte[] packed = new byte[0];
    private Instant nextMetadata = Instant.MIN;

    RemoteWriteExporter(
            Endpoint endpoint,
            Sending sending,
            OutgoingLabels labels,
            InstantSource clock,
            Meters meters,
            System.Logger log) {
        this.endpoint = endpoint;
        this.sending = sending;
        this.format = sending.version() == WriteVersion.ONE ? new FormatOne(labels) : new FormatTwo(labels);
        this.labels = labels;
        this.clock = clock;
        this.log = log;
        this.requests = meters.counter("requests", "Requests sent, each try counted");
        this.bytes = meters.counter("request_bytes", "Bytes of the requests' bodies, as sent");
        this.relabeled = meters.counter("relabeled_away", "Samples that the receiver's rules leave out");
        this.tooOld =
                meters.counter("too_old_samples", "Samples beyond the receiver's limit of age, which were dropped");
    }

    @Override
    public void export(List<Sample> batch) throws ExportException, InterruptedException {
        var fresh = fresh(batch);
        int old = batch.size() - fresh.size();
        int size = format.write(fresh, message);
        if (size > 0) {
            deliver(fresh, size + old);
        }
        relabeled.add(fresh.size() - size);
        if (old > 0) {
            tooOld.add(old);
            throw ExportException.partial(old, "samples are older than " + sending.ageLimit());
        }
        sendMetadata();
    }

    /** @param wanted how many samples were to be written, those that are too old included */
    private void deliver(List<Sample> batch, int wanted) throws ExportException, InterruptedException {
        var answer = send();
        boolean mayFallBack = sending.version() == WriteVersion.AUTO;
        if (format instanceof FormatTwo && mayFallBack && Written.knowsNoVersionTwo(answer)) {
            log.log(Level.INFO, "the receiver knows remote write 1.0 only status={0}", answer.status());
            format = new FormatOne(labels);
            format.write(batch, message);
            answer = send();
        }
        if (!answer.isSuccess()) {
            throw Written.failure(answer, wanted, clock);
        }
    }

    private List<Sample> fresh(List<Sample> batch) {
        if (sending.ageLimit().isZero()) {
            return batch;
        }
        var oldest = clock.instant().minus(sending.ageLimit());
        return batch.stream().filter(sample -> !sample.at().isBefore(oldest)).toList();
    }

    /** Now and then, as Prometheus does. Nothing depends on it, so a failure waits for the next time. */
    private void sendMetadata() throws InterruptedException {
        var now = clock.instant();
        boolean due = !sending.metadataInterval().isZero() && !now.isBefore(nextMetadata);
        if (due && format instanceof FormatOne one && !one.families().isEmpty()) {
            nextMetadata = now.plus(sending.metadataInterval());
            one.families().write(message);
            try {
                var answer = send();
                if (!answer.isSuccess()) {
                    log.log(Level.DEBUG, "metadata was not taken: {0}", answer.message());
                }
            } catch (ExportException e) {
                log.log(Level.DEBUG, "metadata was not taken", e);
            }
        }
    }

    @Override
    public void close() {
        endpoint.close();
    }

    private Answer send() throws ExportException, InterruptedException {
        int most = snappy.maxCompressedLength(message.size());
        if (packed.length < most) {
            packed = new byte[most];
        }
        int length = snappy.compress(message.bytes(), 0, message.size(), packed, 0, packed.length);
        requests.add(1);
        bytes.add(length);
        return endpoint.send(
                "POST",
                Map.of(
                        "Content-Encoding",
                        "snappy",
                        "Content-Type",
                        format.contentType(),
                        "X-Prometheus-Remote-Write-Version",
                        format.version()),
                packed,
                length);
    }
}
