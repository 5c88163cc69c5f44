package dev.binnacle.local.engine;

import dev.binnacle.local.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Prometheus 3.16, built by Go from its module, whose sums are pinned. Takes minutes, and has no web page.
 */
final class GoModuleSource implements EngineSource {
    static final String NAME = "go build";

    private static final Version PROMETHEUS = Version.of(3, 16, 0);
    private static final String VERSION_FLAG = "-X github.com/prometheus/common/version.Version=" + PROMETHEUS;
    private static final Duration LIMIT = Duration.ofMinutes(40);

    private final EngineCache cache;
    private final Tool tool;
    private final Progress progress;

    GoModuleSource(EngineCache cache, Tool tool, Progress progress) {
        this.cache = cache;
        this.tool = tool;
        this.progress = progress;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish)
            throws UnavailableException, IOException, InterruptedException {
        if (kind != EngineKind.PROMETHEUS) {
            throw new UnavailableException("only Prometheus is built from its module");
        }
        if (tool.find("go").isEmpty()) {
            throw new UnavailableException("no go on PATH");
        }
        var objection = wish.objection(kind, PROMETHEUS);
        if (objection.isPresent()) {
            throw new UnavailableException("the pinned module " + objection.get());
        }
        return cache.install(kind, wish, PROMETHEUS + "-go", this::install);
    }

    private EngineCache.Description install(Path into) throws UnavailableException, IOException, InterruptedException {
        Path source = Files.createDirectory(into.resolve("src"));
        for (String file : List.of("go.mod", "go.sum")) {
            copy(file, source.resolve(file));
        }
        progress.line(
                "prometheus: go build of " + PROMETHEUS + " from its module; four to eight minutes the first time");
        var command = List.of(
                "go",
                "build",
                "-mod=mod",
                "-ldflags",
                "-s -w " + VERSION_FLAG,
                "-o",
                into + "/",
                "github.com/prometheus/prometheus/cmd/prometheus",
                "github.com/prometheus/prometheus/cmd/promtool");
        var outcome =
                tool.run(command, source, Map.of("CGO_ENABLED", "0"), LIMIT, line -> progress.line("  go: " + line));
        if (!outcome.ok()) {
            throw new UnavailableException(outcome.reason());
        }
        Folders.delete(source);
        return new EngineCache.Description(
                "prometheus",
                PROMETHEUS.toString(),
                NAME + " of v0.316.0",
                "prometheus",
                null,
                false,
                Checksum.of(into.resolve("prometheus")));
    }

    private static void copy(String resource, Path to) throws IOException {
        try (InputStream in = GoModuleSource.class.getResourceAsStream("prometheus-module/" + resource)) {
            if (in == null) {
                throw new IOException("the build lacks the resource prometheus-module/" + resource);
            }
            Files.copy(in, to);
        }
    }
}
