package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the programs: in the folder that the environment names as {@code KUBEBUILDER_ASSETS}, else in the user's cache, where they
 * are built by Go when they are not there yet. That takes 6 to 11 minutes for the API server on two cores, once for each version.
 */
public final class Programs {
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);

    private final Path cache;
    private final Optional<Path> assets;

    Programs(Path cache, Optional<Path> assets) {
        this.cache = cache;
        this.assets = assets;
    }

    /** Returns the programs of this user. */
    public static Programs ofUser() {
        var environment = System.getenv();
        String home = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = home.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return new Programs(
                caches.resolve("binnacle/kubernetes"),
                Optional.ofNullable(environment.get("KUBEBUILDER_ASSETS")).map(Path::of));
    }

    /**
     * Returns where the program is, and builds it before when it is not there.
     *
     * @throws IOException when it cannot be built; the message has what Go said
     */
    public Path find(Program program) throws IOException, InterruptedException {
        var given = assets.map(folder -> folder.resolve(program.file())).filter(Files::isExecutable);
        if (given.isPresent()) {
            return given.get();
        }
        Path file = folder(new GoModule(program.module())).resolve(program.file());
        if (!Files.isExecutable(file)) {
            buildAlone(program, file);
        }
        return file;
    }

    /**
     * Returns the folder of a dependency's source, downloaded by Go.
     *
     * @param module the folder of this test kit's Go module that pins its version
     */
    Path source(String module, String dependency) throws IOException, InterruptedException {
        var pinned = new GoModule(module);
        Path folder = folder(pinned).resolve("source");
        pinned.writeTo(folder);
        go(folder, List.of("mod", "download", dependency));
        return Path.of(
                go(folder, List.of("list", "-m", "-f", "{{.Dir}}", dependency)).strip());
    }

    private Path folder(GoModule module) {
        return cache.resolve(module.name() + "-" + module.digest());
    }

    /** Builds while no other build of this user does. */
    private void buildAlone(Program program, Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        try (var lock = FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (held.isValid() && !Files.isExecutable(file)) {
                build(program, file);
            }
        }
    }

    private static void build(Program program, Path file) throws IOException, InterruptedException {
        var module = new GoModule(program.module());
        System.err.println("Building " + program.file() + " with Go, once for this version: up to 11 minutes");
        Path source = file.resolveSibling("source");
        module.writeTo(source);
        Path made = file.resolveSibling(program.file() + ".new");
        String flags = "-s -w" + versionFlags(module);
        go(source, List.of("build", "-ldflags", flags, "-o", made.toString(), program.goPackage()));
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns what tells Kubernetes its own version: its build writes it, and clients ask for it. */
    private static String versionFlags(GoModule module) {
        if (!module.name().equals("kubernetes")) {
            return "";
        }
        String version = module.version("k8s.io/kubernetes");
        String[] parts = version.substring(1).split("\\.", -1);
        var flags = new StringBuilder();
        for (String place : List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")) {
            flags.append(" -X ").append(place).append(".gitVersion=").append(version);
            flags.append(" -X ").append(place).append(".gitMajor=").append(parts[0]);
            flags.append(" -X ").append(place).append(".gitMinor=").append(parts[1]);
        }
        return flags.toString();
    }

    private static String go(Path folder, List<String> arguments) throws IOException, InterruptedException {
        try {
            return Command.of("go")
                    .in(folder)
                    .with(Map.of("CGO_ENABLED", "0", "GOWORK", "off"))
                    .run(arguments, BUILD_LIMIT);
        } catch (CommandFailedException e) {
            throw new IOException(
                    "a Kubernetes API server is built by Go 1.26 or newer, which failed: " + e.getMessage(), e);
        }
    }
}
