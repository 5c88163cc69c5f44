package dev.binnacle.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An unpacked image's entrypoint, run as a cluster with restricted Pod Security would: as the image's user, with its files for a root
 * that nobody can write to, and an empty volume at {@code /tmp}. The JVM and its libraries are this machine's: the base image is a
 * stand-in. Root makes it, as a mount namespace of its own.
 */
record RestrictedContainer(Process process, Path log) implements AutoCloseable {
    private static final String JAVA = "/java";

    /** What a container engine does before it runs the entrypoint. */
    private static final String SCRIPT = """
            set -e
            root=$1 java=$2 user=$3
            shift 3
            mount --bind "$root" "$root"
            for folder in usr lib lib64 etc proc dev; do
              if [ -e "/$folder" ]; then
                mkdir -p "$root/$folder"
                mount --rbind "/$folder" "$root/$folder"
              fi
            done
            mkdir -p "$root/java" "$root/tmp"
            mount --rbind "$java" "$root/java"
            mount -o remount,bind,ro "$root"
            mount -t tmpfs tmpfs "$root/tmp"
            exec chroot --userspec="$user" "$root" "$@"
            """;

    static RestrictedContainer start(Path root, String user, List<?> entrypoint, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<String>(List.of("unshare", "--mount", "sh", "-c", SCRIPT, "container"));
        command.addAll(List.of(root.toString(), System.getProperty("java.home"), user));
        entrypoint.forEach(word -> command.add(word.toString()));
        Path log = root.resolveSibling(root.getFileName() + ".log");
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        builder.environment().putAll(environment);
        builder.environment().put("PATH", JAVA + "/bin:" + System.getenv("PATH"));
        return new RestrictedContainer(builder.start(), log);
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
