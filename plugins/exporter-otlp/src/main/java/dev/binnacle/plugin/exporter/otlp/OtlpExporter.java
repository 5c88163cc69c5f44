package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Sends each batch as one request. What cannot be sent, and what the receiver refuses, counts as not delivered; the rest is. */
final class OtlpExporter implements Exporter {
    private final Sender sender;
    private final Streams streams = new Streams();
    private final Targets targets = new Targets();
    private final Counter rejected;
    private final Map<Unsendable, Counter> unsendable = new EnumMap<>(Unsendable.class);

    OtlpExporter(Sender sender, Meters meters) {
        this.sender = sender;
        this.rejected =
                meters.counter("rejected_points", "Points that the receiver did not take, of requests that it took");
        for (var reason : Unsendable.values()) {
            unsendable.put(reason, meters.counter(reason.meter(), reason.help()));
        }
    }

    @Override
    public void export(List<Sample> batch) throws ExportException, InterruptedException {
        var message = Message.of(batch, streams, targets);
        var problems = new StringJoiner("; ");
        int refused = message.points() == 0 ? 0 : send(message, problems);
        message.reasons().forEach((reason, samples) -> count(reason, samples));
        if (message.unsendable() > 0) {
            problems.add(message.explanation());
        }
        if (refused + message.unsendable() > 0) {
            throw ExportException.partial(refused + message.unsendable(), problems.toString());
        }
    }

    @Override
    public void close() {
        sender.close();
    }

    /** Returns how many samples the receiver did not take. It counts points, so that is their share of the samples. */
    private int send(Message message, StringJoiner problems) throws ExportException, InterruptedException {
        var partial = sender.send(message.request());
        long points = Math.clamp(partial.getRejectedDataPoints(), 0, message.points());
        if (points == 0) {
            return 0;
        }
        rejected.add(points);
        problems.add("the receiver rejects " + points + " of " + message.points() + " points: " + Sender.said(partial));
        return (int) Math.ceilDiv(points * message.samples(), message.points());
    }

    private void count(Unsendable reason, int samples) {
        var counter = unsendable.get(reason);
        if (counter != null) {
            counter.add(samples);
        }
    }
}
