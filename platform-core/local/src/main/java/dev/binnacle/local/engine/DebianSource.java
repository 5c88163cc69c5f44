package dev.binnacle.local.engine;

import dev.binnacle.local.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Packages of the machine's own Debian (or a derivative), downloaded by apt-get and unpacked, not installed.
 *
 * <p>apt keeps its lists in the cache folder, so this needs neither root nor an earlier {@code apt-get update}; apt checks
 * each package against the signed lists. Prometheus' pages link to scripts of other packages, which come along (facts F13).
 */
final class DebianSource implements EngineSource {
    private static final Map<EngineKind, List<String>> PACKAGES = Map.of(
            EngineKind.CHROMIUM,
            List.of("chromium-headless-shell", "chromium-common"),
            EngineKind.PROMETHEUS,
            List.of(
                    "prometheus",
                    "fonts-glyphicons-halflings",
                    "libjs-bootstrap4",
                    "libjs-d3",
                    "libjs-eonasdan-bootstrap-datetimepicker",
                    "libjs-jquery",
                    "libjs-jquery-hotkeys",
                    "libjs-moment",
                    "libjs-moment-timezone",
                    "libjs-mustache",
                    "libjs-popper.js",
                    "libjs-rickshaw"),
            EngineKind.ALERTMANAGER,
            List.of("prometheus-alertmanager"),
            EngineKind.PUSHGATEWAY,
            List.of("prometheus-pushgateway"));

    private static final Duration FRESH = Duration.ofMinutes(30);
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String ASSETS = "usr/share/prometheus/web";

    private final EngineCache cache;
    private final Tool tool;
    private final Progress progress;

    DebianSource(EngineCache cache, Tool tool, Progress progress) {
        this.cache = cache;
        this.tool = tool;
        this.progress = progress;
    }

    @Override
    public String name() {
        return "apt-get download";
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish)
            throws UnavailableException, IOException, InterruptedException {
        List<String> packages = PACKAGES.get(kind);
        if (packages == null) {
            throw new UnavailableException("Debian has no package of " + kind.id());
        }
        for (String program : List.of("apt-get", "dpkg-deb")) {
            if (tool.find(program).isEmpty()) {
                throw new UnavailableException("no " + program + " on PATH: not a Debian");
            }
        }
        var objection = wish.major() == null || kind != EngineKind.PROMETHEUS || wish.major() == 2;
        if (!objection) {
            throw new UnavailableException("Debian has version 2, and " + wish.saidBy() + " asks for " + wish.major());
        }
        return cache.install(kind, wish, "debian", into -> install(kind, packages, into));
    }

    private EngineCache.Description install(EngineKind kind, List<String> packages, Path into)
            throws UnavailableException, IOException, InterruptedException {
        Path downloads = Files.createDirectory(into.resolve("deb"));
        cache.exclusively("apt", () -> {
            refreshLists(kind);
            download(kind, packages, downloads);
            return downloads;
        });
        var origin = new ArrayList<String>();
        for (Path deb : listed(downloads)) {
            unpack(deb, into);
            if (deb.getFileName().toString().startsWith(packages.getFirst() + "_")) {
                origin.add(deb.getFileName().toString());
                origin.add(Checksum.of(deb));
            }
        }
        Folders.delete(downloads);
        if (kind == EngineKind.CHROMIUM) {
            OwnLibraries.start(into, "usr/lib/chromium/chromium-headless-shell", "chromium-headless-shell");
        }
        return describe(kind, into, origin);
    }

    private void refreshLists(EngineKind kind) throws UnavailableException, IOException, InterruptedException {
        Path refreshed = cache.folder().resolve("apt/refreshed");
        if (Files.exists(refreshed)
                && Files.getLastModifiedTime(refreshed)
                        .toInstant()
                        .isAfter(Instant.now().minus(FRESH))) {
            return;
        }
        progress.line(kind.id() + ": apt-get update, into the cache folder");
        apt(List.of("update"), cache.folder());
        Files.writeString(refreshed, "");
    }

    private void download(EngineKind kind, List<String> packages, Path into)
            throws UnavailableException, IOException, InterruptedException {
        progress.line(kind.id() + ": apt-get download " + packages.getFirst() + besides(kind, packages));
        var arguments =
                Stream.concat(verb(kind, into).stream(), packages.stream()).toList();
        Download.watched(progress, kind.id(), into, () -> apt(arguments, into));
    }

    private static String besides(EngineKind kind, List<String> packages) {
        if (kind == EngineKind.CHROMIUM) {
            return " and the libraries it needs that are not installed (about 100 MB)";
        }
        return packages.size() > 1 ? " and " + (packages.size() - 1) + " packages its pages need" : "";
    }

    /** The other engines need no library; only apt can tell which ones of Chromium's this machine lacks. */
    private static List<String> verb(EngineKind kind, Path into) throws IOException {
        if (kind != EngineKind.CHROMIUM) {
            return List.of("download");
        }
        Files.createDirectories(into.resolve("partial"));
        return List.of(
                "install",
                "--download-only",
                "--no-install-recommends",
                // Its own files must lie beside it, also on a machine that has a part of them.
                "--reinstall",
                "-o",
                "Dir::Cache::archives=" + into,
                // Nothing is installed, so the lock of dpkg, which is root's, is not needed.
                "-o",
                "Debug::NoLocking=1");
    }

    private Tool.Outcome apt(List<String> arguments, Path folder)
            throws UnavailableException, IOException, InterruptedException {
        Path state = Files.createDirectories(cache.folder().resolve("apt"));
        for (String each : List.of("lists/partial", "cache/archives/partial")) {
            Files.createDirectories(state.resolve(each));
        }
        var command = new ArrayList<>(List.of("apt-get", "--quiet", "--yes"));
        for (String option : options(state)) {
            command.add("-o");
            command.add(option);
        }
        command.addAll(arguments);
        var outcome = tool.run(command, folder, Map.of("LC_ALL", "C.UTF-8"), LIMIT, line -> {});
        if (!outcome.ok()) {
            throw new UnavailableException("apt-get " + arguments.getFirst() + ": " + outcome.reason());
        }
        return outcome;
    }

    private static List<String> options(Path state) {
        return List.of(
                "Dir::State=" + state,
                "Dir::State::lists=" + state.resolve("lists"),
                "Dir::State::status=/var/lib/dpkg/status",
                "Dir::Cache=" + state.resolve("cache"),
                // Hooks of the machine clean folders that only root may clean.
                "APT::Update::Post-Invoke=",
                "APT::Update::Post-Invoke-Success=",
                "APT::Sandbox::User=",
                // Else an update that reached no mirror counts as done.
                "APT::Update::Error-Mode=any",
                "Acquire::Languages=none",
                "Acquire::Retries=1",
                "Acquire::http::Timeout=15",
                "Acquire::https::Timeout=15");
    }

    private static List<Path> listed(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
        }
    }

    private void unpack(Path deb, Path into) throws UnavailableException, IOException, InterruptedException {
        var outcome =
                tool.run(List.of("dpkg-deb", "-x", deb.toString(), into.toString()), into, Map.of(), LIMIT, line -> {});
        if (!outcome.ok()) {
            throw new UnavailableException("dpkg-deb -x " + deb.getFileName() + ": " + outcome.reason());
        }
    }

    private EngineCache.Description describe(EngineKind kind, Path into, List<String> origin)
            throws UnavailableException, IOException, InterruptedException {
        for (String program : kind.programs().reversed()) {
            String binary = "usr/bin/" + program;
            if (Files.isExecutable(into.resolve(binary))) {
                Version version = tool.version(into.resolve(binary), kind)
                        .orElseThrow(() -> new UnavailableException(binary + " --version names no version"));
                @Nullable String assets = Files.isDirectory(into.resolve(ASSETS)) ? ASSETS : null;
                boolean moved = DebianPaths.makeRelative(into.resolve(binary), kind);
                return new EngineCache.Description(
                        kind.id(),
                        version.toString(),
                        "Debian " + origin.getFirst(),
                        binary,
                        assets,
                        moved,
                        origin.getLast());
            }
        }
        throw new UnavailableException("the package holds no " + String.join(" or ", kind.programs()));
    }
}
