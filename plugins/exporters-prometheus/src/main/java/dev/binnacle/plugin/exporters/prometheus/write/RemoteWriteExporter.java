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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Writes samples to a remote-write receiver, one request for a batch. */
final class RemoteWriteExporter implements Exporter {
    private final Endpoint endpoint;
    private final boolean mayFallBack;
    private final InstantSource clock;
    private final System.Logger log;
    private final Counter requests;
    private final Counter bytes;
    private final Counter relabeled;
    private final OutgoingLabels labels;
    private final ProtoBuffer message = new ProtoBuffer(256 * 1024);
    private final SnappyCompressor snappy = new SnappyCompressor();
    private WriteFormat format;
    private byte[] packed = new byte[0];

    RemoteWriteExporter(
            Endpoint endpoint,
            WriteVersion version,
            OutgoingLabels labels,
            InstantSource clock,
            Meters meters,
            System.Logger log) {
        this.endpoint = endpoint;
        this.mayFallBack = version == WriteVersion.AUTO;
        this.format = version == WriteVersion.ONE ? new FormatOne(labels) : new FormatTwo(labels);
        this.labels = labels;
        this.clock = clock;
        this.log = log;
        this.requests = meters.counter("requests", "Requests sent, each try counted");
        this.bytes = meters.counter("request_bytes", "Bytes of the requests' bodies, as sent");
        this.relabeled = meters.counter("relabeled_away", "Samples that the receiver's rules leave out");
    }

    @Override
    public void export(List<Sample> batch) throws ExportException, InterruptedException {
        int size = format.write(batch, message);
        if (size == 0) {
            relabeled.add(batch.size());
            return;
        }
        var answer = send();
        if (format instanceof FormatTwo && mayFallBack && Written.knowsNoVersionTwo(answer)) {
            log.log(Level.INFO, "the receiver knows remote write 1.0 only status={0}", answer.status());
            format = new FormatOne(labels);
            format.write(batch, message);
            answer = send();
        }
        if (!answer.isSuccess()) {
            throw Written.failure(answer, size, clock);
        }
        relabeled.add(batch.size() - size);
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
