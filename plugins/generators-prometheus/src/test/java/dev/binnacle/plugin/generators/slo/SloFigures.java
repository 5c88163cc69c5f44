package dev.binnacle.plugin.generators.slo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.binnacle.spi.generate.SourceFile;
import dev.binnacle.spi.testkit.TestContext;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A thousand objectives, 17,000 rules: in a JVM that has just been started, all of it counted, and again in the same one. */
class SloFigures {
    private static final int SLOS = 1000;
    private static final int WARM_RUNS = 30;

    @Test
    void aThousandObjectives() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx192m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SloFigures.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        System.out.println(output);
        assertThat(process.exitValue()).as(output).isZero();
    }

    /** Generates, and prints what it took. */
    public static void main(String[] arguments) throws Exception {
        var factory = new SloGeneratorFactory();
        try (var context = TestContext.of(factory, Map.of())) {
            var generator = factory.create(context);
            var manifests = manifests();
            var files = generator.generate(manifests);
            long rules = files.stream()
                    .flatMap(file -> file.text().lines())
                    .filter(line -> line.contains("- record: ") || line.contains("- alert: "))
                    .count();
            double size = files.stream().mapToInt(file -> file.text().length()).sum();
            System.out.printf(
                    "cold: %d rules, %.1f MB in %d files, %.2f CPU seconds with the JVM's start, %s%n",
                    rules, size / 1e6, files.size(), cpu(), peak());
            var times = new ArrayList<Double>();
            for (int run = 0; run < WARM_RUNS; run++) {
                double before = cpu();
                generator.generate(manifests);
                times.add(cpu() - before);
            }
            Collections.sort(times);
            System.out.printf(
                    "warm: %.2f CPU seconds (median of %d), %s%n", times.get(WARM_RUNS / 2), WARM_RUNS, peak());
        }
    }

    private static List<SourceFile> manifests() {
        var indicators = List.of("availability", "client-perceived", "grpc", "tcp", "latency");
        var manifests = new ArrayList<SourceFile>();
        manifests.add(Documents.SHOP);
        for (int i = 0; i < SLOS; i++) {
            String indicator = indicators.get(i % indicators.size());
            String objective = indicator.equals("latency") ? "{target: 0.99, op: lte, value: 250}" : "{target: 0.999}";
            var slo = Documents.slo("slo-" + i, "", "catalog.shop", indicator, "28d", objective);
            manifests.add(new SourceFile("slo/" + i + ".yaml", slo.text()));
        }
        return manifests;
    }

    private static double cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static String peak() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElse("");
    }
}
