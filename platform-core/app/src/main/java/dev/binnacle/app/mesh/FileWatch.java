package dev.binnacle.app.mesh;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Tells at once when a file is replaced, where the system tells of changes in folders. It may miss one: whoever must not
 * miss any looks at the file now and then as well.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(FileWatch.class);

    private final WatchService service;

    private FileWatch(WatchService service) {
        this.service = service;
    }

    /**
     * Starts to watch.
     *
     * @param changed called on a thread of its own; must not block for long
     * @throws IOException when the file's folder cannot be watched
     */
    static FileWatch start(Path file, Runnable changed) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        var service = folder.getFileSystem().newWatchService();
        try {
            folder.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException e) {
            service.close();
            throw e;
        }
        Thread.ofPlatform().name("file-watch").daemon().start(() -> watch(service, file.getFileName(), changed));
        return new FileWatch(service);
    }

    private static void watch(WatchService service, Path name, Runnable changed) {
        try {
            WatchKey key;
            do {
                key = service.take();
                boolean concerns = key.pollEvents().stream().anyMatch(event -> isAbout(event, name));
                if (concerns) {
                    changed.run();
                }
            } while (key.reset());
        } catch (ClosedWatchServiceException closed) {
            LOG.debugf("no longer watching file=%s", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAbout(WatchEvent<?> event, Path name) {
        return event.kind() == StandardWatchEventKinds.OVERFLOW || name.equals(event.context());
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
