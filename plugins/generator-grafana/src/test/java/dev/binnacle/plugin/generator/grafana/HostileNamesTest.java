package dev.binnacle.plugin.generator.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.plugin.generator.grafana.model.Link;
import dev.binnacle.plugin.generator.grafana.model.Variable.Choice;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.prometheus.engine.RealPrometheus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that mean something to somebody on the way come through queries and addresses unchanged, and do nothing there. */
class HostileNamesTest {
    private static final LabelValues SERVICE = new LabelValues("service", "Service", "hostile", "name", Choice.FIRST);

    static List<String> names() {
        return List.of(
                "catalog.default.svc.cluster.local",
                "say \"hi\"} or vector(1) or up{x=\"",
                "it's",
                "back\\slash\\\"",
                "{braces} {{double}} [[old]]",
                "$service ${service} $__all ${__from} $1",
                "two\nlines",
                "a|b.*c+(d)?^e$",
                "a/b?c=d&var-service=e#f %41 g;h",
                "<script>alert(1)</script>",
                "日本 ÄÖ 🚢",
                ".*");
    }

    @ParameterizedTest
    @MethodSource("names")
    void anAddressGivesTheOtherDashboardTheNameAndNothingElse(String name) {
        String url = Interpolation.of(
                Link.to("binnacle-service", "This service", "service")
                        .with("namespace", "ns")
                        .url(),
                Map.of("__value.raw", name, "__data.fields[\"ns\"]", name, "datasource", "prometheus"));

        URI uri = URI.create(url);
        assertThat(uri.getPath()).isEqualTo("/d/binnacle-service");
        assertThat(uri.getFragment()).isNull();
        assertThat(parameters(uri))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "var-datasource",
                        "prometheus",
                        "from",
                        "now-1h",
                        "to",
                        "now",
                        "var-service",
                        name,
                        "var-namespace",
                        name));
    }

    @Test
    void aQueryFindsTheNameAndNothingElse(@TempDir Path folder) throws Exception {
        var page = new StringBuilder();
        names().forEach(name -> page.append("hostile{name=\"")
                .append(name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append("\"} 1\n"));
        var server = serve(page.toString());
        try (var prometheus =
                RealPrometheus.start(folder, scraping(server.getAddress().getPort()))) {
            await().until(() -> count(prometheus, "hostile") == names().size());

            for (String name : names()) {
                String query = Interpolation.of("hostile{" + SERVICE.in("name") + "}", Map.of("service", name));
                assertThat(count(prometheus, query)).as(query).isEqualTo(1);
            }
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer serve(String page) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static String scraping(int port) {
        return "global: {scrape_interval: 1s}\nscrape_configs: [{job_name: a, static_configs: [{targets: ['127.0.0.1:"
                + port + "']}]}]\n";
    }

    private static int count(RealPrometheus prometheus, String query) throws Exception {
        String answer = prometheus.query(query);
        assertThat(answer).as(query).startsWith("{\"status\":\"success\"");
        return answer.split("\"metric\"", -1).length - 1;
    }

    private static Map<String, String> parameters(URI uri) {
        var parameters = new LinkedHashMap<String, String>();
        for (String parameter : uri.getRawQuery().split("&", -1)) {
            String[] parts = parameter.split("=", -1);
            parameters.merge(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8), (a, b) -> a + " and " + b);
        }
        return parameters;
    }
}
