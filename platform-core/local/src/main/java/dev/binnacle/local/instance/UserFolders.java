package dev.binnacle.local.instance;

import dev.binnacle.local.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * The folders of the user that instances share, by the XDG rules.
 *
 * @param cache engines and leases; {@code $XDG_CACHE_HOME/binnacle}, else {@code ~/.cache/binnacle}
 * @param config the user's settings; {@code $XDG_CONFIG_HOME/binnacle}, else {@code ~/.config/binnacle}
 * @param runtime a short path for sockets; {@code $XDG_RUNTIME_DIR/binnacle}, else {@code /tmp/binnacle-USER}
 */
public record UserFolders(Path cache, Path config, Path runtime) {

    /** Returns the folders that {@code environment} names; creates nothing. */
    public static UserFolders of(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", "/")));
        return new UserFolders(
                base(environment, "XDG_CACHE_HOME", home.resolve(".cache")),
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                runtime(environment));
    }

    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        return (value.isEmpty() ? otherwise : Path.of(value)).resolve("binnacle");
    }

    private static Path runtime(Map<String, String> environment) {
        String given = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!given.isEmpty() && Files.isWritable(Path.of(given))) {
            return Path.of(given).resolve("binnacle");
        }
        return Path.of(
                "/tmp/binnacle-" + System.getProperty("user.name", "user").replace('/', '_'));
    }

    /**
     * Creates the run-time folder, closed to other users, and returns it.
     *
     * @throws ProblemException when somebody else made it: sockets in it could be theirs
     */
    public Path createRuntime() throws IOException {
        if (!Files.isDirectory(runtime, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(
                    runtime, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Path mine = Files.createTempFile(runtime, "owner", "");
        try {
            if (!Files.getOwner(mine).equals(Files.getOwner(runtime, LinkOption.NOFOLLOW_LINKS))) {
                throw ProblemException.environment(
                        "the folder for sockets, " + runtime + ", belongs to another user",
                        "Set XDG_RUNTIME_DIR to a folder of your own with a short path.");
            }
        } finally {
            Files.delete(mine);
        }
        return runtime;
    }
}
