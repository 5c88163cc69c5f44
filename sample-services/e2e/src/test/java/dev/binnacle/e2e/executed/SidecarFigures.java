package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.e2e.RunningMesh;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Measures what sidecars add to a request, and what the rotation of their certificates does to traffic. Prints; asserts
 * that the ways are what they are said to be and that every request got its answer, never anything about time.
 *
 * <p>Run with {@code ./binnacle test -Pfigures -Dit.test=SidecarFigures}.
 */
@ExtendWith({RunningMesh.class, ExecutedMesh.class})
class SidecarFigures {
    private static final int TURNS = 4;
    private static final int ROUNDS = 60;
    private static final int REQUESTS = 50;
    private static final int WARM_UP = 500;
    private static final int CROWD = 20;
    private static final int PER_SECOND = 500;
    private static final int SENDERS = 10;
    private static final int ROTATIONS = 5;

    /**
     * A way to the same server.
     *
     * @param envoys the processes of the sidecars on it
     */
    private record Way(String name, InetSocketAddress at, List<Long> envoys) {}

    /** What was measured of a way. */
    private static final class Series {
        private final List<Long> latencies = new ArrayList<>();
        private long processorTime;

        String text() {
            Collections.sort(latencies);
            int n = latencies.size();
            return "p50 %5.0f µs, p99 %5.0f µs, CPU of its sidecars %5.0f µs per request, n=%d"
                    .formatted(
                            latencies.get(n / 2) / 1e3, latencies.get(n * 99 / 100) / 1e3, processorTime / 1e3 / n, n);
        }
    }

    @Test
    void whatSidecarsAdd(Case mesh, RunningMesh.Instance instance) throws Exception {
        mesh.apply(server("measured", 1));
        awaitPods(instance, "measured", 1);
        mesh.apply("""
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {name: measured}
                spec: {selector: {matchLabels: {app: measured}}, mtls: {mode: PERMISSIVE}}
                """);
        var pod = pods(instance, "measured").getFirst();
        long server = pod.at("/sidecar/pid").asLong();
        long client = instance.pod("caller", "v1").at("/sidecar/pid").asLong();
        var ways = List.of(
                new Way("no sidecar", socket(pod, "appIp"), List.of()),
                new Way("the server's sidecar, plaintext", socket(pod, "podIp"), List.of(server)),
                new Way(
                        "both sidecars, mutual TLS",
                        mesh.virtual("caller", "measured.default", 8080),
                        List.of(client, server)));
        var measured = new LinkedHashMap<String, Series>();
        for (int turn = 0; turn < TURNS; turn++) {
            boolean metrics = turn % 2 == 0;
            mesh.apply(metrics(metrics));
            turn(ways, metrics ? "" : ", no metrics", measured);
        }
        measured.forEach((name, series) -> System.out.printf("figure: %-45s %s%n", name, series.text()));
    }

    /** All ways in turn, again and again, on connections of this turn: those of before keep what was said before. */
    private static void turn(List<Way> ways, String suffix, Map<String, Series> measured) throws IOException {
        var wires = new LinkedHashMap<Way, Wire>();
        for (Way way : ways) {
            wires.put(way, new Wire(way.at()));
            send(wires.get(way), WARM_UP);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Way way : ways) {
                var series = measured.computeIfAbsent(way.name() + suffix, name -> new Series());
                long before = processorTime(way.envoys());
                series.latencies.addAll(send(wires.get(way), REQUESTS));
                series.processorTime += processorTime(way.envoys()) - before;
            }
        }
        for (Wire wire : wires.values()) {
            wire.close();
        }
    }

    private static List<Long> send(Wire wire, int times) throws IOException {
        var latencies = new ArrayList<Long>();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            assertThat(wire.send("GET", "/", Map.of("host", "measured.default:8080"))
                            .status())
                    .isEqualTo(200);
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    /** Returns the time in nanoseconds that all threads of processes have run for. */
    private static long processorTime(List<Long> processes) throws IOException {
        long sum = 0;
        for (long process : processes) {
            try (var threads = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
                for (Path thread : threads.toList()) {
                    sum += Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
                }
            }
        }
        return sum;
    }

    @Test
    void rotationUnderLoad(Case mesh, RunningMesh.Instance instance) throws Exception {
        mesh.apply(server("crowd", CROWD));
        mesh.apply("""
                kind: DestinationRule
                metadata: {name: crowd}
                spec:
                  host: crowd
                  trafficPolicy: {connectionPool: {http: {maxRequestsPerConnection: 10}}}
                """);
        awaitPods(instance, "crowd", CROWD);
        var at = mesh.virtual("caller", "crowd.default", 8080);
        var stop = new AtomicBoolean();
        var sent = new AtomicInteger();
        var failed = new AtomicInteger();
        long start = System.nanoTime();
        try (var senders = Executors.newFixedThreadPool(SENDERS)) {
            for (int sender = 0; sender < SENDERS; sender++) {
                senders.submit(() -> load(at, stop, sent, failed));
            }
            for (int i = 0; i < ROTATIONS; i++) {
                TimeUnit.SECONDS.sleep(4); // the load goes on between rotations
                instance.rotateCertificates();
            }
            TimeUnit.SECONDS.sleep(4);
            stop.set(true);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "figure: %d rotations of %d pods: %d requests, %.0f a second, %d failed%n",
                ROTATIONS, CROWD, sent.get(), sent.get() / seconds, failed.get());
        assertThat(failed).hasValue(0);
    }

    private static Void load(InetSocketAddress at, AtomicBoolean stop, AtomicInteger sent, AtomicInteger failed)
            throws IOException {
        long pause = TimeUnit.SECONDS.toNanos(1) * SENDERS / PER_SECOND;
        try (var wire = new Wire(at)) {
            for (long next = System.nanoTime(); !stop.get(); next += pause) {
                sent.incrementAndGet();
                if (wire.send("GET", "/", Map.of("host", "crowd.default:8080")).status() != 200) {
                    failed.incrementAndGet();
                }
                LockSupport.parkNanos(next + pause - System.nanoTime());
            }
        } catch (IOException e) {
            failed.incrementAndGet();
            throw e;
        }
        return null;
    }

    private static String server(String name, int replicas) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec:
                  selector: {app: %1$s}
                  ports: [{name: http, port: 8080}]
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                  annotations:
                    binnacle.dev/local-command: "{java} -Dsun.net.httpserver.nodelay=true -cp sample-services/e2e/target/test-classes dev.binnacle.e2e.executed.Echo %1$s http=8080"
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s, version: v1}}
                    spec:
                      containers:
                      - {name: echo, image: "eclipse-temurin:21", ports: [{name: http, containerPort: 8080}]}
                """.formatted(name, replicas);
    }

    private static String metrics(boolean on) {
        return """
                apiVersion: telemetry.istio.io/v1
                kind: Telemetry
                metadata: {name: figures}
                spec:
                  metrics:
                  - providers: [{name: prometheus}]
                    overrides: [{match: {metric: ALL_METRICS, mode: CLIENT_AND_SERVER}, disabled: %s}]
                """.formatted(!on);
    }

    private static void awaitPods(RunningMesh.Instance instance, String app, int count) {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(pods(instance, app))
                        .hasSize(count)
                        .allSatisfy(
                                pod -> assertThat(pod.get("ready").asBoolean()).isTrue()));
    }

    private static List<JsonNode> pods(RunningMesh.Instance instance, String app) {
        return StreamSupport.stream(instance.binnacle().status().get("pods").spliterator(), false)
                .filter(pod -> pod.get("app").asText().equals(app))
                .toList();
    }

    private static InetSocketAddress socket(JsonNode pod, String address) {
        return new InetSocketAddress(pod.get(address).asText(), 8080);
    }
}
