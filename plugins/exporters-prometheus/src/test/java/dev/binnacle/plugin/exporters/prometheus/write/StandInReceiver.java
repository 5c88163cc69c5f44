package dev.binnacle.plugin.exporters.prometheus.write;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.binnacle.plugin.exporters.prometheus.write.ReceivedMessage.Received;
import io.airlift.compress.snappy.SnappyDecompressor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes remote write on loopback, as a receiver of 2.0 unless it is told to answer otherwise. */
final class StandInReceiver implements AutoCloseable {
    /** What it does with one request. */
    interface Behaviour {
        void answer(HttpExchange exchange, List<Received> samples) throws IOException;
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<Headers> headers = new CopyOnWriteArrayList<>();
    final List<String> metadata = new CopyOnWriteArrayList<>();
    volatile Behaviour behaviour = this::take;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer server;

    StandInReceiver() {
        server = serve(0);
        port = server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/write";
    }

    void stop() {
        server.stop(0);
    }

    void start() {
        server = serve(port);
    }

    /** Takes everything, and says so as 2.0 wants it. */
    void take(HttpExchange exchange, List<Received> samples) throws IOException {
        received.addAll(samples);
        answer(exchange, 204, Map.of("X-Prometheus-Remote-Write-Samples-Written", "" + samples.size()), "");
    }

    /** Answers every request alike, and takes nothing. */
    void always(int status, Map<String, String> header, String body) {
        behaviour = (exchange, samples) -> answer(exchange, status, header, body);
    }

    static void answer(HttpExchange exchange, int status, Map<String, String> header, String body) throws IOException {
        header.forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private HttpServer serve(int wanted) {
        try {
            var made = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted), 0);
            made.setExecutor(threads);
            made.createContext("/write", this::handle);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            headers.add(exchange.getRequestHeaders());
            byte[] message = unpacked(exchange.getRequestBody().readAllBytes());
            boolean two = exchange.getRequestHeaders().getFirst("Content-Type").contains("v2.Request");
            if (!two) {
                metadata.addAll(ReceivedMessage.metadataOfOne(message));
            }
            behaviour.answer(exchange, two ? ReceivedMessage.readTwo(message) : ReceivedMessage.readOne(message));
        }
    }

    private static byte[] unpacked(byte[] packed) {
        byte[] message = new byte[SnappyDecompressor.getUncompressedLength(packed, 0)];
        int length = new SnappyDecompressor().decompress(packed, 0, packed.length, message, 0, message.length);
        return Arrays.copyOf(message, length);
    }
}
