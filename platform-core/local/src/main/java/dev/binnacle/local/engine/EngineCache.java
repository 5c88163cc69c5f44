package dev.binnacle.local.engine;

import dev.binnacle.local.Json;
import dev.binnacle.local.instance.DiskSpace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The installed engines in the user's cache folder, one folder each, shared by all clones.
 *
 * <p>An engine is put together in a folder of its own and renamed into place, under a lock that holds between processes:
 * what is there is whole.
 */
final class EngineCache implements EngineSource {
    private static final String DESCRIPTION = "engine.json";
    private static final Map<Path, ReentrantLock> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final Path folder;

    EngineCache(Path folder) {
        this.folder = folder;
    }

    /**
     * What {@code engine.json} says; paths are relative to its folder.
     *
     * @param startHere whether the program must be started in that folder
     * @param sha256 the sum of what was downloaded or built
     */
    record Description(
            String kind,
            String version,
            String origin,
            String binary,
            @Nullable String webAssets,
            boolean startHere,
            String sha256) {}

    /** Puts an engine together in an empty folder. */
    @FunctionalInterface
    interface Installer {
        Description install(Path into) throws UnavailableException, IOException, InterruptedException;
    }

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish) throws UnavailableException {
        return installed(kind).stream()
                .filter(engine -> wish.objection(kind, engine.version()).isEmpty())
                .max(Comparator.comparing(EngineCache::hasPages).thenComparing(Engine::version))
                .orElseThrow(() -> new UnavailableException("nothing suitable in " + folder));
    }

    /** A Prometheus that was built from its module has no web page: it is the last choice. */
    private static boolean hasPages(Engine engine) {
        return !engine.origin().startsWith(GoModuleSource.NAME);
    }

    private List<Engine> installed(EngineKind kind) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> each.getFileName().toString().startsWith(kind.id() + "-"))
                    .map(each -> read(kind, each))
                    .flatMap(Optional::stream)
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static Optional<Engine> read(EngineKind kind, Path home) {
        try {
            var found = Json.MAPPER.readValue(home.resolve(DESCRIPTION).toFile(), Description.class);
            Path binary = home.resolve(found.binary());
            return Version.in(found.version())
                    .filter(version -> Files.isExecutable(binary))
                    .map(version -> new Engine(
                            kind,
                            binary,
                            version,
                            found.origin(),
                            assets(home, found),
                            found.startHere() ? home : null));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Path assets(Path home, Description found) {
        String relative = found.webAssets();
        return relative == null ? null : home.resolve(relative);
    }

    /** Installs an engine, unless another process did so while this one waited. */
    Engine install(EngineKind kind, EngineWish wish, String label, Installer installer)
            throws UnavailableException, IOException, InterruptedException {
        return exclusively(kind.id(), () -> {
            Path home = folder.resolve(kind.id() + "-" + label);
            var present = read(kind, home)
                    .filter(engine -> wish.objection(kind, engine.version()).isEmpty());
            return present.isPresent() ? present.get() : put(kind, wish, home, installer);
        });
    }

    private Engine put(EngineKind kind, EngineWish wish, Path home, Installer installer)
            throws UnavailableException, IOException, InterruptedException {
        String unfinished = ".new-" + kind.id() + "-";
        deleteThose(unfinished);
        // pip fails late on a full disk, and apt-get waits for ever.
        DiskSpace.requireToInstall(folder);
        Path fresh = Files.createTempDirectory(folder, unfinished);
        try {
            Description description = installer.install(fresh);
            Files.writeString(fresh.resolve(DESCRIPTION), Json.write(description));
            Engine made = read(kind, fresh)
                    .orElseThrow(() -> new UnavailableException("what was unpacked holds no " + kind.id()));
            var objection = wish.objection(kind, made.version());
            if (objection.isPresent()) {
                throw new UnavailableException(kind.id() + " there " + objection.get());
            }
            Folders.delete(home);
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
            return read(kind, home).orElseThrow();
        } finally {
            Folders.delete(fresh);
        }
    }

    /** Deletes what a command that was killed left; the caller holds the lock, so nobody is at work there. */
    private void deleteThose(String prefix) throws IOException {
        List<Path> left;
        try (Stream<Path> folders = Files.list(folder)) {
            left = folders.filter(each -> each.getFileName().toString().startsWith(prefix))
                    .toList();
        }
        for (Path each : left) {
            Folders.delete(each);
        }
    }

    /** Runs {@code work} while nobody else on this machine runs work of the same {@code name}. */
    <T> T exclusively(String name, Step<T> work) throws UnavailableException, IOException, InterruptedException {
        Files.createDirectories(folder);
        Path file = folder.resolve("." + name + ".lock");
        // File locks hold between processes only; threads of one JVM need the other kind as well.
        var local = IN_THIS_JVM.computeIfAbsent(file, each -> new ReentrantLock());
        local.lockInterruptibly();
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            return lock.isValid() ? work.run() : exclusively(name, work);
        } finally {
            local.unlock();
        }
    }

    /** Returns the folder of all engines. */
    Path folder() {
        return folder;
    }
}
