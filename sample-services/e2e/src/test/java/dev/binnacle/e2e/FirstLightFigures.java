package dev.binnacle.e2e;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Measures what {@code docs/benchmarks.md} states and prints it; asserts nothing about time.
 *
 * <p>Run with {@code ./binnacle test -Pfigures}. Everything that a clone starts by default is started, load
 * generator included.
 */
class FirstLightFigures {
    private static final int STARTS = 3;
    private static final int APPLIES = 100;

    private final Binnacle binnacle = RunningMesh.binnacle();
    private final Traffic traffic = new Traffic();

    @Test
    void figures() throws Exception {
        // As a build by `up` leaves the clone; Maven has just replaced the jars under the archives.
        binnacle.run(Duration.ofMinutes(3), "archive-classes").mustSucceed("archive-classes");
        double[] upSeconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            binnacle.run(Duration.ofSeconds(60), "down");
            upSeconds[i] = secondsUntilTheFirstRequestIsCounted();
        }
        print("up to the first request counted", "s", upSeconds);
        try {
            Thread.sleep(Duration.ofSeconds(60)); // memory is quoted a minute after the start, under the load generator
            printMemory();
            print("apply of a weight to the last ACK", "ms", applyMillis());
        } finally {
            binnacle.run(Duration.ofSeconds(60), "down").mustSucceed("down");
        }
    }

    private double secondsUntilTheFirstRequestIsCounted() throws Exception {
        long since = System.currentTimeMillis() / 1000;
        long start = System.nanoTime();
        var up = CompletableFuture.supplyAsync(() -> binnacle.run(Duration.ofMinutes(5), "up", "--detach"));
        Prometheus prometheus = new Prometheus("http://127.0.0.1:9090");
        double counted = 0;
        while (counted < 1 && !up.isCompletedExceptionally()) {
            if (traffic.get("http://127.0.0.1:8000/api/catalog").status() == 200) {
                counted = countedBy(prometheus, since);
            }
            Thread.sleep(50);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        up.get().mustSucceed("up");
        return seconds;
    }

    /** Only samples of this start count: Prometheus keeps those of the one before. */
    private static double countedBy(Prometheus prometheus, long since) {
        String requests = "istio_requests_total{destination_app=\"catalog\",reporter=\"source\"}";
        try {
            return prometheus.value("sum(" + requests + " and timestamp(" + requests + ") > " + since + ")");
        } catch (AssertionError | RuntimeException notYet) {
            return 0;
        }
    }

    private double[] applyMillis() {
        String app = binnacle.status().at("/app/url").asText();
        double[] millis = new double[APPLIES];
        for (int i = -10; i < APPLIES; i++) { // ten to warm up
            String yaml = RoutingIT.catalogWeights(i % 2 == 0 ? 70 : 80, i % 2 == 0 ? 30 : 20);
            var body = Map.of("files", List.of(Map.of("name", "weights.yaml", "text", yaml)));
            long start = System.nanoTime();
            given().baseUri(app)
                    .contentType("application/json")
                    .body(body)
                    .post("/api/v1/apply")
                    .then()
                    .statusCode(200);
            if (i >= 0) {
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        }
        return millis;
    }

    private void printMemory() throws IOException {
        JsonNode launcher = new ObjectMapper()
                .readTree(binnacle.directory().resolve("run/launcher.json").toFile());
        var byName = new TreeMap<String, Long>();
        byName.put("launcher", pss(launcher.get("pid").asLong()));
        launcher.get("children")
                .forEach(c ->
                        byName.merge(c.get("name").asText(), pss(c.get("pid").asLong()), Long::sum));
        byName.forEach((name, kib) -> System.out.printf("figure: PSS of %-40s %6.1f MB%n", name, kib / 1024.0));
        System.out.printf(
                "figure: PSS of everything %.0f MB in %d processes%n",
                byName.values().stream().mapToLong(Long::longValue).sum() / 1024.0, byName.size());
    }

    private static long pss(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static void print(String what, String unit, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        System.out.printf(
                "figure: %s: median %.1f %s, min %.1f, max %.1f, n=%d%n",
                what, sorted[sorted.length / 2], unit, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
