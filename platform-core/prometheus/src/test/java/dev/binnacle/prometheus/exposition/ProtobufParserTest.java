package dev.binnacle.prometheus.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.engine.RealPrometheus;
import dev.binnacle.spi.model.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtobufParserTest {
    private static final int COUNTER = 0;
    private static final int GAUGE = 1;
    private static final int SUMMARY = 2;
    private static final int HISTOGRAM = 4;

    /** A message that is being written. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message integer(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message number(int field, double value) {
            varint((long) field << 3 | 1);
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(value)
                    .array());
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message with(int field, Message message) {
            return bytes(field, message.out.toByteArray());
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
                out.write((int) rest | 0x80);
            }
            out.write((int) rest);
        }
    }

    @Test
    void eachTypeBecomesTheSeriesThatTextHas() throws IOException {
        var page = parse(
                family("served_total", COUNTER)
                        .with(
                                4,
                                new Message()
                                        .with(1, label("code", "2\"0\n0"))
                                        .with(3, new Message().number(1, 3))
                                        .integer(6, 1500)),
                family("load", GAUGE).with(4, new Message().with(2, new Message().number(1, Double.NaN))),
                family("wait_seconds", SUMMARY)
                        .with(
                                4,
                                new Message()
                                        .with(
                                                4,
                                                new Message()
                                                        .integer(1, 7)
                                                        .number(2, 2.5)
                                                        .with(
                                                                3,
                                                                new Message()
                                                                        .number(1, 0.99)
                                                                        .number(2, 0.7)))),
                family("size_bytes", HISTOGRAM)
                        .with(
                                4,
                                new Message()
                                        .with(
                                                7,
                                                new Message()
                                                        .integer(1, 5)
                                                        .number(2, 90)
                                                        .with(
                                                                3,
                                                                new Message()
                                                                        .integer(1, 2)
                                                                        .number(2, 10)))));

        assertThat(page.problems()).isEmpty();
        assertThat(page.samples())
                .extracting(sample -> sample.series() + " " + TextWriter.number(sample.value()))
                .containsExactly(
                        "served_total{code=\"2\"0\n0\"} 3",
                        "load{} NaN",
                        "wait_seconds{quantile=\"0.99\"} 0.7",
                        "wait_seconds_sum{} 2.5",
                        "wait_seconds_count{} 7",
                        "size_bytes_bucket{le=\"10\"} 2",
                        // Left out by the format, as the count says it.
                        "size_bytes_bucket{le=\"+Inf\"} 5",
                        "size_bytes_sum{} 90",
                        "size_bytes_count{} 5");
        assertThat(page.samples().getFirst().at()).isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(page.samples().get(1).at()).isEqualTo(Instant.MIN);
        assertThat(page.samples().getLast().series().family().help()).isEqualTo("What it is.");
    }

    @Test
    void aWrongMetricIsReportedWithItsMessageAndTheOthersAreRead() throws IOException {
        var page = parse(
                family("good", GAUGE).with(4, gauge(1)),
                family("ba-d", GAUGE).with(4, gauge(1)),
                family("twice", GAUGE).with(4, gauge(1)).with(4, gauge(2)),
                family("other", COUNTER).with(4, gauge(1)),
                family("without", GAUGE).with(4, new Message()),
                family("torn", GAUGE).bytes(4, new byte[] {0x12, 0x7f}),
                family("text", GAUGE)
                        .with(4, gauge(1).with(1, new Message().text(1, "a").bytes(2, new byte[] {-1}))),
                family("good", GAUGE),
                new Message().text(1, "unknown_type").integer(3, 9),
                family("falls", HISTOGRAM)
                        .with(
                                4,
                                new Message()
                                        .with(
                                                7,
                                                new Message()
                                                        .integer(1, 1)
                                                        .with(
                                                                3,
                                                                new Message()
                                                                        .integer(1, 4)
                                                                        .number(2, 1))
                                                        .with(
                                                                3,
                                                                new Message()
                                                                        .integer(1, 3)
                                                                        .number(2, 2)))),
                family("last", GAUGE).with(4, gauge(1)));

        assertThat(page.samples()).extracting(sample -> sample.series().name()).contains("good", "twice", "last");
        assertThat(page.problems())
                .extracting(LineProblem::toString)
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("line 2: ").contains("ba-d"))
                .contains(
                        "line 3: the series twice{} comes twice",
                        "line 4: a metric of the counter other{} has a value of another type",
                        "line 5: a metric of the gauge without{} has no value",
                        "line 6: a field is longer than its message",
                        "line 7: a text is not UTF-8",
                        "line 8: the family good comes twice",
                        "line 9: the family 'unknown_type' has the unknown type 9",
                        "line 10: the bucket le=\"2\" of falls counts less than the one before: 3 after 4");
        assertThat(page.problems()).noneMatch(problem -> problem.line() == 1 || problem.line() == 11);
    }

    @Test
    void aPageOfSomethingElseAndHalfAPageAreRefused() throws IOException {
        for (String other : List.of("<html>no metrics</html>", "# TYPE a counter\na 1\n")) {
            assertThat(parse(other.getBytes(StandardCharsets.UTF_8)).isValid())
                    .as(other)
                    .isFalse();
        }
        byte[] whole = page(family("good", GAUGE).with(4, gauge(1)));
        for (int length = 1; length < whole.length; length++) {
            assertThat(parse(Arrays.copyOf(whole, length)).isValid())
                    .as("%s bytes", length)
                    .isFalse();
        }
        // A length of 2 GB less one, and one that never ends: neither is waited or made room for.
        assertThat(parse(new byte[] {-1, -1, -1, -1, 7}).isValid()).isFalse();
        assertThat(parse(new byte[] {-1, -1, -1, -1, -1, -1, -1}).isValid()).isFalse();
    }

    @Test
    void whateverTheBytesAreThereIsAnAnswer() throws IOException {
        byte[] whole = page(
                family("a", HISTOGRAM)
                        .with(
                                4,
                                new Message()
                                        .with(1, label("x", "y"))
                                        .with(
                                                7,
                                                new Message()
                                                        .integer(1, 5)
                                                        .with(
                                                                3,
                                                                new Message()
                                                                        .integer(1, 2)
                                                                        .number(2, 10)))),
                family("b", SUMMARY)
                        .with(
                                4,
                                new Message()
                                        .with(
                                                4,
                                                new Message()
                                                        .integer(1, 7)
                                                        .with(
                                                                3,
                                                                new Message()
                                                                        .number(1, 0.5)
                                                                        .number(2, 1)))));
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            assertThat(parse(changed)).isNotNull();
        }
    }

    @Test
    void aRealPrometheusSaysTheSameInBothFormats(@TempDir Path folder) throws Exception {
        try (var prometheus = RealPrometheus.start(folder, "global: {scrape_interval: 1h}\n");
                var http = HttpClient.newHttpClient()) {
            var url = URI.create(prometheus.url("/metrics"));
            // What the first answer makes is on the second page.
            fetch(http, url, "text/plain").readAllBytes();
            Exposition text;
            try (var body = fetch(http, url, "text/plain;version=0.0.4")) {
                text = TextParser.parse(new String(body.readAllBytes(), StandardCharsets.UTF_8), Instant.MIN);
            }
            Exposition binary;
            try (var body = fetch(
                    http,
                    url,
                    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited")) {
                binary = ProtobufParser.parse(body, Instant.MIN);
            }

            assertThat(binary.problems()).isEmpty();
            assertThat(series(binary)).hasSizeGreaterThan(300).isEqualTo(series(text));
            assertThat(constants(binary)).hasSizeGreaterThan(20).isEqualTo(constants(text));
        }
    }

    private static InputStream fetch(HttpClient http, URI url, String accept) throws Exception {
        return http.send(HttpRequest.newBuilder(url).header("Accept", accept).build(), BodyHandlers.ofInputStream())
                .body();
    }

    private static Set<String> series(Exposition page) {
        return page.samples().stream()
                .map(sample -> sample.series().family().type() + " " + sample.series() + " "
                        + sample.series().family().help())
                .collect(Collectors.toSet());
    }

    /** What stays as it is while Prometheus idles. */
    private static Set<String> constants(Exposition page) {
        return page.samples().stream()
                .filter(sample -> sample.series().name().startsWith("prometheus_sd_")
                        || sample.series().name().startsWith("prometheus_rule_")
                        || sample.series().name().startsWith("prometheus_build_info")
                        || sample.series().name().startsWith("prometheus_remote_"))
                .map(Sample::toString)
                .collect(Collectors.toSet());
    }

    private static Message family(String name, int type) {
        return new Message().text(1, name).text(2, "What it is.").integer(3, type);
    }

    private static Message gauge(double value) {
        return new Message().with(2, new Message().number(1, value));
    }

    private static Message label(String name, String value) {
        return new Message().text(1, name).text(2, value);
    }

    private static byte[] page(Message... families) {
        var page = new Message();
        for (var family : families) {
            page.varint(family.out.size());
            page.out.writeBytes(family.out.toByteArray());
        }
        return page.out.toByteArray();
    }

    private static Exposition parse(Message... families) throws IOException {
        return parse(page(families));
    }

    private static Exposition parse(byte[] page) throws IOException {
        return ProtobufParser.parse(new ByteArrayInputStream(page), Instant.MIN);
    }
}
