package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.supply.Trust;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads, uses and unloads a plugin again and again: 50 times, or as often as {@code binnacle.cycles} says. */
class ReloadCyclesTest {
    private static final int CYCLES = Integer.getInteger("binnacle.cycles", 50);
    private static final int WARM_UP = 20;
    private static final Logger LOGGERS = Logger.getLogger("dev");
    private static final String BODY = """
            context.serve(out -> out.append("seen 1\\n"));
            context.timers().every(Duration.ofMillis(1), () -> context.meters().counter("ticks", "Ticks").add(1));
            context.meters().gauge("size", "Size").set(1);
            context.log().log(System.Logger.Level.DEBUG, "collected");
            java.util.concurrent.CompletableFuture.supplyAsync(() -> String.format("%s", at)).join();
            return List.of(SEEN.sample(Labels.of("a", new Library().word()), 1, at));""";

    @TempDir
    Path folder;

    private final TestHost host = new TestHost();
    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    private Path plugins;
    private PluginRuntime runtime;

    private record Traces(long threads, long files, long beans, int meters) {}

    @BeforeEach
    void start() throws IOException {
        LOGGERS.setLevel(Level.OFF);
        plugins = Files.createDirectories(folder.resolve("plugins"));
        runtime = new PluginRuntime(plugins, folder.resolve("work"), Limits.DEFAULT, Trust.EVERYBODY, host, host);
    }

    @AfterEach
    void stop() {
        runtime.close();
        LOGGERS.setLevel(null);
    }

    @Test
    void nothingGrowsAndNothingStays() throws Exception {
        Path zip = PluginZip.withCollector("cycle", BODY)
                .source("Library", "package demo; class Library { String word() { return \"w\"; } }")
                .writeTo(folder);
        for (int i = 0; i < WARM_UP; i++) {
            cycle(zip);
        }
        awaitCollected();
        var before = traces();
        long metaspace = metaspace();
        for (int i = 0; i < CYCLES; i++) {
            cycle(zip);
        }
        awaitCollected();
        Awaitility.await().untilAsserted(() -> assertThat(traces()).isEqualTo(before));
        assertThat((double) metaspace()).isBetween(metaspace * 0.98, metaspace * 1.02);
        assertThat(runtime.leaks()).isEmpty();
        System.out.printf(
                "%d cycles: metaspace %d kB before, %d kB after; class loaders alive: %d; %s%n",
                CYCLES, metaspace / 1024, metaspace() / 1024, alive(), before);
    }

    private void cycle(Path zip) throws Exception {
        Files.copy(zip, plugins.resolve("cycle.zip"));
        runtime.refresh();
        assertThat(host.collector("collector-cycle").collect(Instant.EPOCH)).hasSize(1);
        assertThat(runtime.page("collector-cycle")).isPresent();
        runtime.plugins().forEach(plugin -> loaders.add(new WeakReference<>(plugin.loader())));
        Files.delete(plugins.resolve("cycle.zip"));
        runtime.refresh();
        runtime.supervise();
    }

    private void awaitCollected() {
        Awaitility.await().until(() -> {
            System.gc();
            runtime.supervise();
            return alive() <= 1;
        });
    }

    private long alive() {
        return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }

    private Traces traces() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"));
                Stream<Path> work = Files.list(folder.resolve("work"))) {
            return new Traces(
                    Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().contains("cycle"))
                            .count(),
                    files.count() + work.count(),
                    ManagementFactory.getPlatformMBeanServer().getMBeanCount(),
                    host.meters.size());
        }
    }

    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }
}
