package dev.binnacle.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.mesh.xds.ProxyResources;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The protocol as Envoy speaks it. Give the binary with {@code -Dbinnacle.envoy=PATH}. */
@EnabledIfSystemProperty(named = "binnacle.envoy", matches = ".+")
class RealEnvoyTest {
    private static final String NODE = Samples.NODE;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private @TempDir Path folder;
    private XdsServer server;
    private HttpServer upstream;
    private RealEnvoy envoy;
    private int xdsPort;
    private int listenerPort;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        upstream = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        upstream.setExecutor(Executors.newCachedThreadPool());
        upstream.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        upstream.start();
        listenerPort = RealEnvoy.freePort();
        server = XdsServer.start("127.0.0.1", 0, "test");
        xdsPort = server.port();
        var first = server.publish(Map.of(NODE, mesh(80, 20)));
        envoy = RealEnvoy.start(folder, NODE, xdsPort);
        assertThat(server.awaitAcks(first, Set.of(NODE), PATIENCE).get(NODE)).isEqualTo(new Outcome.Acked());
        admin = envoy.admin();
        await().until(() -> get("http://127.0.0.1:" + listenerPort + "/") == 200);
    }

    @AfterEach
    void stop() throws InterruptedException {
        envoy.close();
        server.close();
        upstream.stop(0);
    }

    @Test
    void anAcknowledgedWeightIsInEnvoysConfiguration() throws Exception {
        var outcome = publish(mesh(37, 63));

        assertThat(outcome).isEqualTo(new Outcome.Acked());
        assertThat(fetch(admin + "/config_dump")).contains("\"weight\": 37").doesNotContain("\"weight\": 80");
    }

    @Test
    void aRefusedVirtualHostIsNamedWithEnvoysReasonAndTheOldOneGoesOn() throws Exception {
        var outcome = publish(mesh(0, 0));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .singleElement()
                                .satisfies(r -> {
                                    assertThat(r.resource())
                                            .isEqualTo(new ResourceId(XdsType.VIRTUAL_HOST, "8080/all"));
                                    assertThat(r.message()).contains("weights");
                                }));
        assertThat(get("http://127.0.0.1:" + listenerPort + "/")).isEqualTo(200);
        assertThat(publish(mesh(80, 20))).isEqualTo(new Outcome.Acked());
    }

    @Test
    void aRefusedClusterAmongGoodOnesIsFound() throws Exception {
        var good = mesh(80, 20);
        var bad = Samples.cluster("bad").toBuilder();
        // An EDS cluster without a config source passes the wire but not Envoy.
        bad.clearEdsClusterConfig();
        var clusters = Samples.plus(Samples.plus(good.clusters(), bad.build()), Samples.cluster("good"));

        var outcome = publish(Samples.withClusters(good, clusters));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .extracting(Rejection::resource)
                                .containsExactly(new ResourceId(XdsType.CLUSTER, "bad")));
        assertThat(fetch(admin + "/clusters")).contains("good::");
        assertThat(publish(good)).isEqualTo(new Outcome.Acked());
        await().until(() -> !fetch(admin + "/clusters").contains("good::"));
    }

    @Test
    void aChangedClusterIsWarmAtOnce() throws Exception {
        var before = mesh(80, 20);
        var changed =
                Samples.cluster("v1").toBuilder().setAltStatName("changed").build();

        long started = System.nanoTime();
        var outcome = publish(Samples.withClusters(before, List.of(changed, Samples.cluster("v2"))));

        assertThat(outcome).isEqualTo(new Outcome.Acked());
        // Without its endpoints Envoy would wait for 15 s.
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aRestartedServerSendsNothing() throws Exception {
        server.close();
        server = XdsServer.start("127.0.0.1", xdsPort, "test");
        server.publish(Map.of(NODE, mesh(80, 20)));

        await().atMost(PATIENCE).until(() -> server.proxies().getFirst().synced());
        assertThat(server.metrics().render()).doesNotContain("pilot_xds_pushes{");
        assertThat(publish(mesh(10, 90))).isEqualTo(new Outcome.Acked());
    }

    @Test
    void trafficMovesToNewClustersAndBackWithoutAFailedRequest() throws Exception {
        var failed = new AtomicInteger();
        var sent = new AtomicInteger();
        var stop = new AtomicBoolean();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                pool.execute(() -> {
                    while (!stop.get()) {
                        sent.incrementAndGet();
                        if (get("http://127.0.0.1:" + listenerPort + "/") != 200) {
                            failed.incrementAndGet();
                        }
                    }
                });
            }
            for (int i = 0; i < 200; i++) {
                String cluster = "fresh-" + i;
                var next = mesh(List.of("v1", cluster), Map.of(cluster, 1));
                assertThat(publish(next)).isEqualTo(new Outcome.Acked());
            }
            stop.set(true);
        }
        assertThat(sent.get()).isPositive();
        assertThat(failed.get()).as("failed of %s requests", sent.get()).isZero();
        System.out.println("requests during the moves: " + sent.get());
    }

    private Outcome publish(ProxyResources resources) throws InterruptedException {
        long started = System.nanoTime();
        var publication = server.publish(Map.of(NODE, resources));
        var outcome = server.awaitAcks(publication, Set.of(NODE), PATIENCE).get(NODE);
        System.out.printf("%s after %.1f ms%n", outcome, (System.nanoTime() - started) / 1e6);
        return outcome;
    }

    private ProxyResources mesh(int v1, int v2) {
        return mesh(List.of("v1", "v2"), Map.of("v1", v1, "v2", v2));
    }

    private ProxyResources mesh(List<String> clusters, Map<String, Integer> weights) {
        var plain = Samples.proxy(
                List.of(Samples.listener("in", listenerPort, "8080")),
                List.of(Samples.route("8080", weights)),
                clusters);
        int port = upstream.getAddress().getPort();
        return Samples.withEndpoints(
                plain, clusters.stream().map(c -> Samples.endpoints(c, port)).toList());
    }

    private int get(String url) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    private String fetch(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }
}
