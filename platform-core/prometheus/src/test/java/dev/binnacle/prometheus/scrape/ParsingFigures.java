package dev.binnacle.prometheus.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import dev.binnacle.spi.model.Series;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reading the pages of one target again and again, beside Prometheus' own parser and scrape cache: turn by turn, one core each, all processor time of
 * both processes. Both have to read the same samples. Needs Go.
 */
class ParsingFigures {
    private static final int VARIANTS = 8;
    private static final int TURNS = 15;
    private static final long TURN_BYTES = 150_000_000;

    @TempDir
    Path folder;

    private record Turn(long nanos, long samples, long sum) {}

    @ParameterizedTest
    @EnumSource(LikePages.class)
    void repeatedPages(LikePages like) throws Exception {
        var pages = new ArrayList<byte[]>();
        for (int i = 0; i < VARIANTS; i++) {
            pages.add(like.page(new Random(i)).getBytes(StandardCharsets.UTF_8));
        }
        int count = (int) (TURN_BYTES / pages.getFirst().length / VARIANTS) * VARIANTS;
        var go = start(pages);
        var parser = new PageParser<Series>(PageFormat.TEXT, (series, previous) -> series, PageParser.REMEMBER_ALL);
        try (var to = new PrintWriter(go.getOutputStream(), true, StandardCharsets.UTF_8);
                var from = go.inputReader(StandardCharsets.UTF_8)) {
            var ratios = new ArrayList<Double>();
            var ours = new ArrayList<Double>();
            var theirs = new ArrayList<Double>();
            double bytes = (double) count * pages.getFirst().length;
            for (int turn = -3; turn < TURNS; turn++) {
                var here = here(parser, pages, count);
                var there = there(to, from, count);
                assertThat(here.samples).isEqualTo(there.samples);
                assertThat(here.sum).isEqualTo(there.sum);
                if (turn >= 0) {
                    ratios.add((double) there.nanos / here.nanos);
                    ours.add(bytes * 1e3 / here.nanos);
                    theirs.add(bytes * 1e3 / there.nanos);
                }
            }
            System.out.printf(
                    "figure: %s, %d bytes, %d samples: %.0f MB per CPU-second, Prometheus %.0f; ratio %.1f (%.1f … %.1f); memory %d MB, Prometheus %d MB%n",
                    like,
                    pages.getFirst().length,
                    there(to, from, 1).samples,
                    median(ours),
                    median(theirs),
                    median(ratios),
                    ratios.stream().min(Double::compare).orElseThrow(),
                    ratios.stream().max(Double::compare).orElseThrow(),
                    memory(ProcessHandle.current().pid()),
                    memory(go.pid()));
        } finally {
            go.destroy();
        }
    }

    private static Turn here(PageParser<Series> parser, List<byte[]> pages, int count) throws Exception {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long begin = system.getProcessCpuTime();
        long[] seen = new long[2];
        for (int i = 0; i < count; i++) {
            parser.parse(new ByteArrayInputStream(pages.get(i % pages.size())), (series, value, timestamp) -> {
                seen[0]++;
                seen[1] += Double.doubleToRawLongBits(value);
            });
        }
        return new Turn(system.getProcessCpuTime() - begin, seen[0], seen[1]);
    }

    private static Turn there(PrintWriter to, BufferedReader from, int count) throws IOException {
        to.println(count);
        String[] words = from.readLine().split(" ", -1);
        return new Turn(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseUnsignedLong(words[2]));
    }

    private Process start(List<byte[]> pages) throws IOException, InterruptedException {
        Path program = folder.resolve("oracle");
        var build = new ProcessBuilder("go", "build", "-o", program.toString(), ".")
                .directory(Path.of("oracle").toFile());
        build.environment().put("CGO_ENABLED", "0");
        assertThat(build.inheritIO().start().waitFor()).as("go build").isZero();
        var command = new ArrayList<>(List.of(program.toString(), "bench"));
        for (int i = 0; i < pages.size(); i++) {
            command.add(Files.write(folder.resolve("page" + i), pages.get(i)).toString());
        }
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().put("GOMAXPROCS", "1");
        return process.start();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static long memory(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        }
    }
}
