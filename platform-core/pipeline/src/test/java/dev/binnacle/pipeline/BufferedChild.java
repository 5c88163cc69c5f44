package dev.binnacle.pipeline;

import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A process with a disk buffer that a test kills. Publishes numbered samples and says so ({@code took LAST}) when the buffer has
 * them, says what its exporter has got ({@code got FIRST LAST}), and at its end what its account is.
 */
final class BufferedChild {
    static final int BATCH = 500;
    static final int CHUNK = 1_000;
    private static final MetricFamily NUMBER = MetricFamily.gauge("number", "", "");

    private BufferedChild() {}

    /** Takes the folder, the first number, how many chunks to publish, and how long each batch takes in microseconds. */
    public static void main(String[] arguments) throws Exception {
        int first = Integer.parseInt(arguments[1]);
        int chunks = Integer.parseInt(arguments[2]);
        long micros = Long.parseLong(arguments[3]);
        var options = new PipelineOptions(
                1_000_000, BATCH, Duration.ZERO, Retry.DEFAULT, Duration.ofSeconds(20), Duration.ofMinutes(1));
        try (var pipeline = new Pipeline(Routes.ALL_TO_ALL, options, InstantSource.system(), new Random(1))) {
            pipeline.addExporter("slow", exporter(micros), new Buffering(Path.of(arguments[0]), 64 << 20));
            for (int chunk = 0; chunk < chunks; chunk++) {
                int from = first + chunk * CHUNK;
                pipeline.publish("numbers", chunk(from));
                say("took " + (from + CHUNK - 1));
            }
            while (pipeline.exporters().get("slow").queued() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            var stats = pipeline.exporters().get("slow");
            say("account " + stats.received() + " " + stats.exported() + " " + stats.bufferFailures());
        }
    }

    private static List<Sample> chunk(int from) {
        return IntStream.range(from, from + CHUNK)
                .mapToObj(i -> NUMBER.sample(Labels.of("i", "" + i % 50), i, Instant.EPOCH))
                .toList();
    }

    private static Exporter exporter(long micros) {
        return new Exporter() {
            @Override
            public void export(List<Sample> batch) {
                LockSupport.parkNanos(micros * 1_000);
                long first = (long) batch.getFirst().value();
                long last = first;
                for (var sample : batch.subList(1, batch.size())) {
                    if (sample.value() != last + 1) {
                        say("got " + first + " " + last);
                        first = (long) sample.value();
                    }
                    last = (long) sample.value();
                }
                say("got " + first + " " + last);
            }

            @Override
            public void close() {}
        };
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
