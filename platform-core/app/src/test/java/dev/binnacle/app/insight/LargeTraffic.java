package dev.binnacle.app.insight;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.prometheus.istio.Buckets;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Fifty namespaces with ten workloads each, of which each calls four others: 2,000 edges. Each workload has a page like its proxy's,
 * with Istio's labels, whose counters grow with the time.
 */
final class LargeTraffic implements AutoCloseable {
    static final int NAMESPACES = 50;
    static final int IN_EACH = 10;
    static final int CALLS = 4;
    static final int WORKLOADS = NAMESPACES * IN_EACH;
    static final int EDGES = WORKLOADS * CALLS;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final long start = System.nanoTime();
    private final List<List<Line>> pages = new ArrayList<>();
    private int series;

    /** A series that grows by so much in a second. */
    private record Line(byte[] series, double perSecond) {}

    LargeTraffic() throws IOException {
        for (int i = 0; i < WORKLOADS; i++) {
            pages.add(new ArrayList<>());
        }
        for (int i = 0; i < WORKLOADS; i++) {
            for (int call = 1; call <= CALLS; call++) {
                edge(i, (i + call * call * 7 + call) % WORKLOADS, 1 + i % 10);
            }
        }
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(200, 0);
                var page = pages.get(
                        Integer.parseInt(exchange.getRequestURI().getPath().substring(1)));
                double seconds = (System.nanoTime() - start) / 1e9;
                try (var out = new BufferedOutputStream(exchange.getResponseBody(), 1 << 16)) {
                    for (var line : page) {
                        out.write(line.series());
                        out.write(Long.toString((long) (line.perSecond() * seconds))
                                .getBytes(StandardCharsets.US_ASCII));
                        out.write('\n');
                    }
                }
            }
        });
        server.start();
    }

    /** Returns how many series there are. */
    int series() {
        return series;
    }

    /** Returns a configuration of Prometheus that scrapes each page. */
    String configuration(String interval) {
        var yaml = new StringBuilder("global: {scrape_interval: " + interval + ", scrape_timeout: " + interval
                + "}\nscrape_configs:\n- job_name: mesh\n  static_configs:\n");
        for (int i = 0; i < WORKLOADS; i++) {
            yaml.append("  - {targets: ['127.0.0.1:")
                    .append(server.getAddress().getPort())
                    .append("'], labels: {__metrics_path__: /")
                    .append(i)
                    .append(", namespace: ")
                    .append(namespace(i))
                    .append(", app: ")
                    .append(app(i))
                    .append(", version: v1, pod: ")
                    .append(app(i))
                    .append("-v1-0}}\n");
        }
        return yaml.toString();
    }

    /** Returns a Deployment and a Service for each workload. */
    static ManifestFile manifests() {
        var yaml = new StringBuilder();
        for (int i = 0; i < WORKLOADS; i++) {
            yaml.append("""
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: %1$s, namespace: %2$s}
                    spec: {selector: {app: %1$s}, ports: [{name: http, port: 8080}]}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: %1$s-v1, namespace: %2$s}
                    spec:
                      selector: {matchLabels: {app: %1$s}}
                      template:
                        metadata: {labels: {app: %1$s, version: v1}}
                        spec: {containers: [{name: app, image: example/app, ports: [{name: http, containerPort: 8080}]}]}
                    """.formatted(app(i), namespace(i)));
        }
        return new ManifestFile("large.yaml", yaml.toString());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void edge(int source, int target, double perSecond) {
        for (String reporter : List.of("source", "destination")) {
            var page = pages.get(reporter.equals("source") ? source : target);
            request(page, labels(reporter, source, target, "200"), perSecond);
            request(page, labels(reporter, source, target, "503"), perSecond / 200);
            String ok = labels(reporter, source, target, "200");
            double part = 0;
            for (String bound : bounds()) {
                part = Math.min(1, part + 0.1);
                add(
                        page,
                        "istio_request_duration_milliseconds_bucket{" + ok + ",le=\"" + bound + "\"} ",
                        part * perSecond);
            }
        }
    }

    private void request(List<Line> page, String labels, double perSecond) {
        add(page, "istio_requests_total{" + labels + "} ", perSecond);
    }

    private void add(List<Line> page, String text, double perSecond) {
        page.add(new Line(text.getBytes(StandardCharsets.UTF_8), perSecond));
        series++;
    }

    /** Envoy's, from 0.5 ms on. */
    private static List<String> bounds() {
        var bounds = new ArrayList<String>();
        var bound = new BigDecimal("0.5");
        for (var next = List.of(bound.toPlainString()); !next.isEmpty(); next = above(bound)) {
            bound = new BigDecimal(next.getLast());
            bounds.add(bound.toPlainString());
        }
        bounds.add("+Inf");
        return bounds;
    }

    private static List<String> above(BigDecimal bound) {
        var around = Buckets.around(bound);
        var last = new BigDecimal(around.getLast());
        return last.compareTo(bound) > 0 ? List.of(around.getLast()) : List.of();
    }

    private static String labels(String reporter, int source, int target, String code) {
        return ("reporter=\"%s\",source_workload=\"%s-v1\",source_canonical_service=\"%s\",source_canonical_revision=\"v1\","
                        + "source_workload_namespace=\"%s\",source_principal=\"spiffe://cluster.local/ns/%s/sa/default\","
                        + "source_app=\"%s\",source_version=\"v1\",source_cluster=\"Kubernetes\",destination_workload=\"%s-v1\","
                        + "destination_workload_namespace=\"%s\",destination_principal=\"spiffe://cluster.local/ns/%s/sa/default\","
                        + "destination_app=\"%s\",destination_version=\"v1\",destination_service=\"%s.%s.svc.cluster.local\","
                        + "destination_canonical_service=\"%s\",destination_canonical_revision=\"v1\","
                        + "destination_service_name=\"%s\",destination_service_namespace=\"%s\","
                        + "destination_cluster=\"Kubernetes\",request_protocol=\"http\",response_code=\"%s\","
                        + "grpc_response_status=\"\",response_flags=\"%s\",connection_security_policy=\"%s\"")
                .formatted(
                        reporter,
                        app(source),
                        app(source),
                        namespace(source),
                        namespace(source),
                        app(source),
                        app(target),
                        namespace(target),
                        namespace(target),
                        app(target),
                        app(target),
                        namespace(target),
                        app(target),
                        app(target),
                        namespace(target),
                        code,
                        code.equals("503") ? "UC" : "-",
                        reporter.equals("source") ? "unknown" : "mutual_tls");
    }

    private static String app(int i) {
        return "service-%03d".formatted(i);
    }

    private static String namespace(int i) {
        return "team-%02d".formatted(i / IN_EACH);
    }
}
