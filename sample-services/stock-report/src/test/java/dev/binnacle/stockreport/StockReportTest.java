package dev.binnacle.stockreport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real Pushgateway is in the end-to-end tests; here is what is sent to it, and what happens when nobody answers. */
class StockReportTest {
    private final AtomicReference<String> pushed = new AtomicReference<>("");
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theCatalogIsCounted() throws Exception {
        answer("/api/catalog", 200, "{\"items\":[{\"stock\":3},{\"stock\":0}]}");

        assertThat(new Catalog(url()).stock()).containsExactly(3, 0);
    }

    @Test
    void noCatalogIsNotAnEmptyOne() {
        answer("/api/catalog", 503, "{}");
        assertThatThrownBy(() -> new Catalog(url()).stock())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
    }

    @Test
    void aCatalogWithoutArticlesIsAMistake() {
        answer("/api/catalog", 200, "<html>");
        assertThatThrownBy(() -> new Catalog(url()).stock()).isInstanceOf(IOException.class);
    }

    @Test
    void theReportReplacesTheOneBefore() throws IOException {
        answer("/metrics/job/stock-report", 202, "");

        new Report(List.of(3, 0, 4), Duration.ofMillis(250), Instant.ofEpochSecond(1_700_000_000)).push(url());

        assertThat(pushed.get())
                .startsWith("PUT ")
                .contains(
                        "\nstock_report_pieces 7.0\n",
                        "\nstock_report_articles 3.0\n",
                        "\nstock_report_sold_out_articles 1.0\n",
                        "\nstock_report_duration_seconds 0.25\n",
                        "\nstock_report_last_success_timestamp_seconds 1.7E9\n");
    }

    @Test
    void aPushThatIsRefusedIsAnError() {
        answer("/metrics/job/stock-report", 400, "no");
        var report = new Report(List.of(1), Duration.ZERO, Instant.EPOCH);
        assertThatThrownBy(() -> report.push(url())).isInstanceOf(IOException.class);
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> {
            String sent = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            pushed.set(exchange.getRequestMethod() + " " + sent);
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
