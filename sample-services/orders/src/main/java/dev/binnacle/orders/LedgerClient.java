package dev.binnacle.orders;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Books amounts in the ledger, by its line protocol.
 *
 * <p>Each entry has a connection of its own: sidecars count the bytes of a connection when it ends, and no pool has to
 * tell live connections from dead ones. Blocks, but no longer than the connection's and the answer's time limits.
 */
final class LedgerClient {
    private static final String ACCOUNT = "sales";

    private final String host;
    private final int port;
    private final Duration timeout;

    /** A client that waits up to {@code timeout} for the connection and as long again for each part of the answer. */
    LedgerClient(String host, int port, Duration timeout) {
        this.host = host;
        this.port = port;
        this.timeout = timeout;
    }

    /** An amount to be booked; {@code trace} is a W3C trace context or {@code -}. */
    record Booking(String reference, int cents, String trace) {}

    /**
     * Books an amount; booking the same one again changes nothing.
     *
     * @throws IOException when the ledger cannot be reached, is too slow or refuses
     */
    void book(Booking booking) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(timeout.toMillis()));
            socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
            var request = "APPEND %s %s %d %s\nQUIT\n"
                    .formatted(booking.reference(), ACCOUNT, booking.cents(), booking.trace());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answers =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 512);
            expectBooked(String.valueOf(answers.readLine()));
            answers.readLine(); // the goodbye: afterwards both sides close in good order
        }
    }

    private static void expectBooked(String answer) throws IOException {
        if (!answer.startsWith("OK ")) {
            throw new IOException("the ledger answered " + answer);
        }
    }
}
