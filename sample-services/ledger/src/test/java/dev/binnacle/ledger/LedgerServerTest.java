package dev.binnacle.ledger;

import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LedgerServerTest {
    @Inject
    LedgerServer server;

    @Test
    void booksAndShowsEntries() throws IOException {
        try (var client = new Client()) {
            client.send("APPEND o-1 sales 3400\nAPPEND o-2 sales 100 trace-2\r\n");
            assertThat(client.read()).startsWith("OK ");
            assertThat(client.read()).startsWith("OK ");
            client.send("GET o-2\nBALANCE sales\nGET o-9\nQUIT\n");
            assertThat(client.read()).matches("ENTRY \\d+ o-2 sales 100 trace-2");
            assertThat(client.read()).isEqualTo("BALANCE sales 3500");
            assertThat(client.read()).startsWith("ERR unknown ");
            assertThat(client.read()).isEqualTo("BYE");
            assertThat(client.isClosedByServer()).isTrue();
        }
        when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("ledger_entries "))
                .body(containsString("ledger_appends_total "))
                .body(containsString("ledger_requests_total{result=\"ok\"}"));
    }

    @Test
    void aMalformedLineCostsNothing() throws IOException {
        try (var client = new Client()) {
            client.send("\u0000\u00ff\u00fe garbage\n\nPING\n");
            assertThat(client.read()).startsWith("ERR malformed ");
            assertThat(client.read()).startsWith("ERR malformed ");
            assertThat(client.read()).isEqualTo("PONG");
        }
    }

    @Test
    void aHugeLineCostsTheConnection() throws IOException {
        try (var client = new Client()) {
            client.sendAsMuchAsIsTaken("x".repeat(1 << 20));
            assertThat(client.isClosedByServer()).isTrue();
        }
        stillAnswers();
    }

    @Test
    void aSlowLineCostsTheConnection() throws IOException {
        try (var client = new Client()) {
            client.send("PIN");
            assertThat(client.isClosedByServer()).isTrue();
        }
        stillAnswers();
        when().get("/q/metrics").then().body(containsString("ledger_connections_closed_total{reason=\"slow\"}"));
    }

    @Test
    void answersThatNobodyFetchesCostTheConnection() throws IOException {
        try (var client = new Client()) {
            // Far more answers than the network holds; the server stops reading, then gives up.
            client.sendAsMuchAsIsTaken("BALANCE sales\n".repeat(2_000_000));
        }
        stillAnswers();
    }

    @Test
    void oneConnectionTooManyIsClosed() throws IOException {
        var clients = new ArrayList<Client>();
        try {
            await().until(() -> {
                var client = new Client();
                clients.add(client);
                return !client.answers();
            });
            assertThat(clients).hasSizeBetween(2, 9);
        } finally {
            for (Client client : clients) {
                client.close();
            }
        }
        await().untilAsserted(this::stillAnswers);
    }

    @Test
    void isReadyWhileItListens() {
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/live").then().statusCode(200);
    }

    private void stillAnswers() throws IOException {
        try (var client = new Client()) {
            client.send("PING\n");
            assertThat(client.read()).isEqualTo("PONG");
        }
    }

    /** A client with nothing but a socket. */
    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket("localhost", server.port());
        private final BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));

        private Client() throws IOException {
            socket.setSoTimeout(10_000);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        void sendAsMuchAsIsTaken(String text) {
            try {
                send(text);
            } catch (IOException e) {
                // closed meanwhile: that is what is being looked for
            }
        }

        String read() throws IOException {
            return String.valueOf(in.readLine());
        }

        boolean answers() {
            try {
                send("PING\n");
                return read().equals("PONG");
            } catch (IOException e) {
                return false;
            }
        }

        boolean isClosedByServer() throws IOException {
            try {
                while (in.readLine() != null) {
                    // what it had to say before it closed
                }
                return true;
            } catch (SocketException e) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
