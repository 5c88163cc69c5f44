package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Connections go by port and by weight, and are counted with their bytes: {@code istio/scenarios/tcp-routing}. */
@Scenario("istio/scenarios/tcp-routing")
class TcpRoutingIT {
    private static final int BY_WEIGHT = 7000;
    private static final int ALWAYS_V2 = 7001;
    private static final String GOODBYE = "QUIT\n";

    @Test
    void eachVersionGetsItsShareOfConnectionsAndBytes(RunningMesh.Instance mesh) throws IOException {
        int connections = 200;
        String ledger = ledgerAsSeenBy(mesh, "storefront-0");
        String entry = "it-" + UUID.randomUUID();
        assertThat(ask(ledger, ALWAYS_V2, "APPEND " + entry + " tests 1")).startsWith("OK ");
        String question = "GET " + entry;
        var opened = tcp(mesh, "connections_opened");
        var closed = tcp(mesh, "connections_closed");
        var asked = tcp(mesh, "received_bytes");
        var answered = tcp(mesh, "sent_bytes");

        var seen = new HashMap<String, Integer>();
        var bytes = new HashMap<String, Integer>();
        for (int i = 0; i < connections; i++) {
            String answer = ask(ledger, BY_WEIGHT, question);
            String version = answer.startsWith("ENTRY ") ? "v2" : "v1";
            seen.merge(version, 1, Integer::sum);
            bytes.merge(version, answer.length(), Integer::sum);
        }

        Share.assertFits(seen.get("v2"), connections, 0.2);
        opened.awaitEqual(bothSides(seen));
        closed.awaitEqual(bothSides(seen));
        asked.awaitEqual(bothSides(times(seen, (question + "\n" + GOODBYE).length())));
        answered.awaitEqual(bothSides(bytes));
    }

    @Test
    void aPortOfItsOwnLeadsToVersionTwo(RunningMesh.Instance mesh) throws IOException {
        String ledger = ledgerAsSeenBy(mesh, "storefront-0");
        var opened = tcp(mesh, "connections_opened");

        for (int i = 0; i < 20; i++) {
            assertThat(ask(ledger, ALWAYS_V2, "PING")).isEqualTo("PONG\nBYE\n");
        }

        opened.awaitEqual(bothSides(Map.of("v2", 20)));
    }

    @Test
    void ordersAreBookedWhereverTheConnectionLeads(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);
        var opened = new Increase(
                mesh,
                "istio_tcp_connections_opened_total",
                Map.of("reporter", "source", "source_workload", "orders", "destination_service_name", "ledger"));

        for (int i = 0; i < 10; i++) {
            assertThat(shop.order(1).body()).contains("\"recorded\":true");
        }

        opened.awaitEqual(Map.of("", 10));
    }

    private static Increase tcp(RunningMesh.Instance mesh, String what) {
        return new Increase(
                mesh,
                "istio_tcp_" + what + "_total",
                Map.of("source_workload", "storefront", "destination_service_name", "ledger"),
                "reporter",
                "destination_version");
    }

    private static Map<String, Integer> bothSides(Map<String, Integer> byVersion) {
        var both = new HashMap<String, Integer>();
        byVersion.forEach((version, count) -> {
            both.put("source " + version, count);
            both.put("destination " + version, count);
        });
        return both;
    }

    private static Map<String, Integer> times(Map<String, Integer> counts, int factor) {
        var product = new HashMap<String, Integer>();
        counts.forEach((version, count) -> product.put(version, count * factor));
        return product;
    }

    /** Returns the address where a pod's own sidecar offers the ledger. */
    private static String ledgerAsSeenBy(RunningMesh.Instance mesh, String pod) throws IOException {
        return Files.readAllLines(mesh.binnacle().directory().resolve("pods/" + pod + ".default/hosts")).stream()
                .filter(line -> line.endsWith(" ledger"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    private static String ask(String address, int port, String line) throws IOException {
        try (var socket = new Socket(address, port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write((line + "\n" + GOODBYE).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
