package dev.binnacle.orders;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A small ledger on a port of its own: notes what it hears and says what it is told to. */
public final class StubLedger implements QuarkusTestResourceLifecycleManager {
    static final List<String> HEARD = new CopyOnWriteArrayList<>();

    /** What it says to an entry; empty: it hangs up without a word. */
    static final AtomicReference<String> ANSWER = new AtomicReference<>("OK 1");

    private ServerSocket listener;

    @Override
    public Map<String, String> start() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
        return Map.of(
                "orders.ledger.host", "localhost",
                "orders.ledger.port", String.valueOf(listener.getLocalPort()),
                "orders.ledger.timeout", "2s",
                "orders.ledger.retry-every", "50ms",
                "orders.ledger.most-waiting", "2");
    }

    @Override
    public void stop() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (var client = listener.accept();
                    var in = new BufferedReader(
                            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
                var entry = in.readLine();
                var answer = ANSWER.get();
                if (!answer.isEmpty()) {
                    HEARD.add(entry);
                    client.getOutputStream().write((answer + "\nBYE\n").getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // this client is gone; the next one may come
            }
        }
    }
}
