package dev.binnacle.prometheus.scrape;

import dev.binnacle.spi.model.Series;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/** A program that reads 100 MB of different series, and fails when its heap is too small for that. */
final class LargePage {
    static final int LINES = 120_000;
    private static final String LABELS = "label=\"" + "x".repeat(860) + "\"";

    private LargePage() {}

    public static void main(String[] arguments) throws Exception {
        var samples = new LongAdder();
        var parser = new PageParser<Series>(PageFormat.TEXT, (series, previous) -> series, PageParser.REMEMBER_NOTHING);
        parser.parse(new Lines(), (series, value, timestamp) -> samples.increment());
        System.out.println(samples + " samples");
    }

    private static final class Lines extends InputStream {
        private int line;
        private int at;
        private byte[] bytes = {};

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (at == bytes.length) {
                if (line == LINES) {
                    return -1;
                }
                bytes = ("a{id=\"" + line++ + "\"," + LABELS + "} 1\n").getBytes(StandardCharsets.UTF_8);
                at = 0;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, from, count);
            at += count;
            return count;
        }
    }
}
