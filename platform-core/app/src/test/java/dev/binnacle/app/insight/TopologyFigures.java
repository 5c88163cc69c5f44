package dev.binnacle.app.insight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.binnacle.app.mesh.ControlPlane;
import dev.binnacle.app.mesh.MeshController;
import dev.binnacle.insight.health.Health.Status;
import dev.binnacle.insight.topology.Question;
import dev.binnacle.insight.topology.Topology;
import dev.binnacle.mesh.Translation;
import dev.binnacle.prometheus.engine.RealPrometheus;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the topology of a large mesh, of a real Prometheus. Prints; asserts only that it is the topology that was made, and that
 * nobody's is missing anything, never anything about time.
 *
 * <p>Run with {@code ./binnacle test -Pfigures -pl platform-core/app -am -Dtest=None -Dit.test=TopologyFigures
 * -Dsurefire.failIfNoSpecifiedTests=false -Dbinnacle.prometheus-binary=PROMETHEUS}.
 */
class TopologyFigures {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int COLD = 20;
    private static final int WARM = 200;
    private static final int VIEWERS = 10;

    private final JsonMapper json = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .build();

    @TempDir
    Path folder;

    @Test
    void figures() throws Exception {
        try (var traffic = new LargeTraffic();
                var prometheus = RealPrometheus.start(folder, traffic.configuration("15s"))) {
            var client = new PrometheusClient(
                    () -> URI.create(prometheus.url("")), new Patience(Duration.ofSeconds(60), 64 << 20));
            try {
                print("series", "", traffic.series());
                awaitWindow(prometheus);
                measure(client);
            } finally {
                client.stop();
            }
        }
    }

    private static void awaitWindow(RealPrometheus prometheus) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(15))
                .pollInterval(Duration.ofSeconds(5))
                .until(() -> prometheus
                        .query("count(count_over_time(up[" + WINDOW.toMinutes() + "m]) >= 19)")
                        .contains("\"" + LargeTraffic.WORKLOADS + "\"]"));
    }

    private void measure(PrometheusClient client) throws Exception {
        var read = Translation.read(List.of(LargeTraffic.manifests()));
        var mesh =
                new MeshController(List.of(), folder.resolve("o"), folder.resolve("t"), ControlPlane.NONE, List.of());
        mesh.show(List.of(LargeTraffic.manifests()), read);
        var pictures = new Pictures(mesh::state, client, new Patience(Duration.ofSeconds(60), 64 << 20));
        var end = Instant.now();

        print("queries", "", Question.values().length);
        for (var question : Question.values()) {
            long start = System.nanoTime();
            client.ask(Map.of(question, question.promql(WINDOW.toMillis() + "ms")), end);
            print("query " + question, "ms", millis(start));
        }
        print("first of the process", "ms", look(pictures, end.minusMillis(1)));
        print("answer", "kB", bytes(pictures, end) / 1e3);
        percentiles("cold", IntStream.range(0, COLD).mapToDouble(i -> look(pictures, end.minusMillis(10 + i))));
        percentiles("warm", IntStream.range(0, WARM).mapToDouble(i -> look(pictures, end)));
        viewers(pictures, end.minusSeconds(1));
        check(pictures.of(WINDOW, Optional.of(end)).topology());
    }

    private void viewers(Pictures pictures, Instant end) throws Exception {
        var all = new ArrayList<Double>();
        try (var threads = Executors.newFixedThreadPool(VIEWERS)) {
            for (int round = 0; round < COLD; round++) {
                var at = end.minusMillis(round);
                Callable<Double> look = () -> look(pictures, at);
                for (Future<Double> took : threads.invokeAll(
                        Stream.generate(() -> look).limit(VIEWERS).toList())) {
                    all.add(took.get());
                }
            }
        }
        percentiles(VIEWERS + " viewers at once, cold", all.stream().mapToDouble(Double::doubleValue));
    }

    private double look(Pictures pictures, Instant at) {
        long start = System.nanoTime();
        bytes(pictures, at);
        return millis(start);
    }

    private int bytes(Pictures pictures, Instant at) {
        try {
            var topology = pictures.of(WINDOW, Optional.of(at)).topology();
            assertThat(topology.gaps()).isEmpty();
            return json.writeValueAsBytes(TopologyView.of(topology, "5m")).length;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(Topology topology) {
        assertThat(topology.edges()).hasSize(LargeTraffic.EDGES);
        assertThat(topology.nodes())
                .hasSize(LargeTraffic.WORKLOADS)
                .allSatisfy(node -> assertThat(node.health().status()).isEqualTo(Status.OK));
        assertThat(topology.edges()).allSatisfy(edge -> {
            assertThat(edge.errorRate().orElseThrow()).isBetween(0.001, 0.02);
            assertThat(edge.mtls()).hasValue(1);
            assertThat(edge.latency().p95()).isPresent();
        });
    }

    private static double millis(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static void percentiles(String what, java.util.stream.DoubleStream measured) {
        double[] millis = measured.toArray();
        Arrays.sort(millis);
        print(what + ": median", "ms", millis[millis.length / 2]);
        print(what + ": p95", "ms", millis[(int) Math.ceil(millis.length * 0.95) - 1]);
        print(what + ": max", "ms", millis[millis.length - 1]);
    }

    private static void print(String what, String unit, double value) {
        System.out.printf("figure: %-40s %12.1f %s%n", what, value, unit);
    }
}
