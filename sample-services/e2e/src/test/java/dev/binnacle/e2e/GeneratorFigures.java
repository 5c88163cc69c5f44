package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./binnacle generate} over a thousand services: every generator that this clone has, with the start of the command, its reading
 * and its writing. Nothing has to run. Asserts nothing about time.
 *
 * <p>{@code ./binnacle test -Pfigures -pl sample-services/e2e -am -Dtest=None -Dit.test=GeneratorFigures -Dsurefire.failIfNoSpecifiedTests=false}
 */
class GeneratorFigures {
    private static final int SERVICES = 1000;
    private static final int RUNS = 5;
    private static final Path CLONE = Path.of(System.getProperty("binnacle.clone", "../.."))
            .toAbsolutePath()
            .normalize();

    @TempDir
    private Path folder;

    /** What a run took. */
    private record Took(double wall, double cpu) {}

    @Test
    void aThousandServices() throws Exception {
        Path manifests = Files.createDirectory(folder.resolve("manifests"));
        for (int i = 0; i < SERVICES; i++) {
            Files.writeString(manifests.resolve("service-" + i + ".yaml"), service("service-" + i));
        }
        print("all generators, " + SERVICES + " services", manifests);
        for (int i = 0; i < SERVICES; i++) {
            Files.writeString(manifests.resolve("slo-" + i + ".yaml"), slo("service-" + i));
        }
        print("all generators, " + SERVICES + " services with an objective each", manifests);
    }

    private void print(String what, Path manifests) throws Exception {
        var runs = new ArrayList<Took>();
        Path out = folder.resolve("out");
        for (int run = 0; run < RUNS; run++) {
            runs.add(generate(manifests, out));
        }
        System.out.printf(
                "figure: %s: %.2f s, %.2f s of processor time (medians of %d), %s%n",
                what,
                median(runs.stream().mapToDouble(Took::wall).toArray()),
                median(runs.stream().mapToDouble(Took::cpu).toArray()),
                RUNS,
                written(out));
    }

    private Took generate(Path manifests, Path out) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "TIMEFORMAT='%R %U %S'; time \"$@\" >\"$0\"",
                        folder.resolve("printed").toString(),
                        CLONE.resolve("binnacle").toString(),
                        "generate",
                        "-f",
                        manifests.toString(),
                        "--out",
                        out.toString())
                .redirectErrorStream(true);
        process.environment()
                .putAll(Map.of(
                        "BINNACLE_BUILD", "never",
                        "BINNACLE_DIR", folder.resolve("instance").toString(),
                        "JAVA_HOME", System.getProperty("java.home")));
        var running = process.start();
        String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(running.exitValue()).as(printed).isZero();
        double[] times = Stream.of(printed.strip().lines().toList().getLast().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Took(times[0], times[1] + times[2]);
    }

    private static String written(Path out) throws IOException {
        try (var files = Files.walk(out)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            long bytes = 0;
            for (Path file : all) {
                bytes += Files.size(file);
            }
            return "%d files, %.1f MB".formatted(all.size(), bytes / 1e6);
        }
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static String service(String name) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: default}
                spec: {selector: {app: %1$s}, ports: [{name: http, port: 8080}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: default}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s, version: v1}}
                    spec: {containers: [{name: app, image: busybox, ports: [{containerPort: 8080}]}]}
                """.formatted(name);
    }

    private static String slo(String service) {
        return """
                apiVersion: openslo/v1
                kind: SLO
                metadata: {name: %1$s}
                spec:
                  service: %1$s
                  indicatorRef: client-perceived
                  timeWindow: [{duration: 28d, isRolling: true}]
                  budgetingMethod: Occurrences
                  objectives: [{target: 0.999}]
                """.formatted(service);
    }
}
