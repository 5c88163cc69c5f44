package dev.binnacle.agent;

import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.BufferedInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Takes remote write 1.0 and 2.0, counts what comes and, when told, keeps each series' last value. */
final class CountingReceiver implements AutoCloseable {
    private static final int SERIES_OF_ONE = 1;
    private static final int SYMBOL = 4;
    private static final int SERIES_OF_TWO = 5;

    final LongAdder samples = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder requests = new LongAdder();
    final Map<String, Double> values = new ConcurrentHashMap<>();
    volatile boolean keeping;
    private final ServerSocket server;
    private final OutputStream journal;

    CountingReceiver() throws IOException {
        this(0, OutputStream.nullOutputStream());
    }

    /** @param journal gets a line for each sample of a request, before that is answered, when it is told to keep them */
    private CountingReceiver(int port, OutputStream journal) throws IOException {
        this.server = new ServerSocket(port, 64, InetAddress.getByName("127.0.0.1"));
        this.journal = journal;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** As a process that can be killed: on a port, with a file for its journal. */
    public static void main(String[] args) throws Exception {
        try (var file = new FileOutputStream(args[1], true);
                var receiver = new CountingReceiver(Integer.parseInt(args[0]), file)) {
            receiver.keeping = true;
            Thread.currentThread().join();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/write";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            byte[] message = new byte[0];
            for (int length = length(in); length >= 0; length = length(in)) {
                byte[] packed = in.readNBytes(length);
                int unpacked = SnappyDecompressor.getUncompressedLength(packed, 0);
                message = message.length < unpacked ? new byte[unpacked] : message;
                new SnappyDecompressor().decompress(packed, 0, length, message, 0, unpacked);
                bytes.add(length);
                requests.increment();
                var lines = new StringBuilder();
                int taken = read(message, unpacked, lines);
                journal.write(lines.toString().getBytes(StandardCharsets.UTF_8));
                String answer = "HTTP/1.1 204 No Content\r\nX-Prometheus-Remote-Write-Samples-Written: " + taken
                        + "\r\nX-Prometheus-Remote-Write-Histograms-Written: 0"
                        + "\r\nX-Prometheus-Remote-Write-Exemplars-Written: 0\r\n\r\n";
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The sender is gone.
        }
    }

    /** Reads a request's head; returns its Content-Length, -1 at the end. */
    private static int length(InputStream in) throws IOException {
        int length = 0;
        var line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != '\n') {
                line.append((char) c);
                continue;
            }
            String text = line.toString().strip();
            if (text.isEmpty()) {
                return length;
            }
            if (text.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(text.substring(15).strip());
            }
            line.setLength(0);
        }
        return -1;
    }

    /** Returns how many samples there are. */
    private int read(byte[] message, int end, StringBuilder lines) {
        var fields = new Fields(message, 0, end);
        var symbols = new ArrayList<String>();
        int count = 0;
        while (fields.next()) {
            switch (fields.number) {
                case SYMBOL -> symbols.add(keeping ? fields.text() : "");
                case SERIES_OF_ONE, SERIES_OF_TWO ->
                    count += series(new Fields(message, fields.from, fields.to), symbols, lines);
                default -> {
                    // Metadata.
                }
            }
        }
        samples.add(count);
        return count;
    }

    private int series(Fields fields, List<String> symbols, StringBuilder lines) {
        var labels = new TreeMap<String, String>();
        int count = 0;
        while (fields.next()) {
            if (fields.number == 1 && keeping) {
                var named = new Fields(fields.bytes, fields.from, fields.to);
                if (symbols.isEmpty()) {
                    label(named, labels);
                } else {
                    named.references(symbols, labels);
                }
            } else if (fields.number == 2) {
                count++;
                if (keeping) {
                    var sample = new Fields(fields.bytes, fields.from, fields.to);
                    values.put(labels.toString(), value(sample));
                    lines.append(time(sample)).append(' ').append(labels).append('\n');
                }
            }
        }
        return count;
    }

    private static void label(Fields fields, Map<String, String> labels) {
        fields.next();
        String name = fields.text();
        fields.next();
        labels.put(name, fields.text());
    }

    private static double value(Fields fields) {
        while (fields.next()) {
            if (fields.number == 1) {
                return Double.longBitsToDouble(fields.fixed);
            }
        }
        return 0;
    }

    private static long time(Fields fields) {
        return fields.next() ? fields.fixed : 0;
    }

    /** Goes through the fields of a message. */
    private static final class Fields {
        final byte[] bytes;
        private final int end;
        private int at;
        int number;
        int from;
        int to;
        long fixed;

        Fields(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean next() {
            if (at >= end) {
                return false;
            }
            long tag = varint();
            number = (int) (tag >>> 3);
            switch ((int) tag & 7) {
                case 0 -> fixed = varint();
                case 1 -> {
                    fixed = 0;
                    for (int i = 0; i < 8; i++) {
                        fixed |= (bytes[at++] & 0xFFL) << 8 * i;
                    }
                }
                default -> {
                    int length = (int) varint();
                    from = at;
                    to = at + length;
                    at = to;
                }
            }
            return true;
        }

        /** Reads what there is as pairs of places of names and values. */
        void references(List<String> symbols, Map<String, String> labels) {
            while (at < end) {
                labels.put(symbols.get((int) varint()), symbols.get((int) varint()));
            }
        }

        String text() {
            return new String(bytes, from, to - from, StandardCharsets.UTF_8);
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = bytes[at++];
                value |= (next & 0x7FL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }
    }
}
