package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the running thing touches of the machine, as the kernel tells it: any user may have it all, whoever runs this test.
 *
 * <p>It reads {@code /proc} of every process that was started, so a port or a file that no configuration mentions counts too.
 */
@ExtendWith(RunningMesh.class)
class FootprintIT {
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final String LISTENING = "0A";

    /** A listening socket; the address as the kernel writes it. */
    private record Listener(String address, int port, String inode) {}

    @Test
    void nothingListensOnAPrivilegedPortOrOutsideLoopback(RunningMesh.Instance mesh) throws IOException {
        Set<String> sockets = new HashSet<>();
        for (long pid : processes(mesh)) {
            openFiles(pid).map(FootprintIT::target).forEach(sockets::add);
        }
        List<Listener> listeners = listeners().stream()
                .filter(listener -> sockets.contains("socket:[" + listener.inode() + "]"))
                .toList();

        assertThat(listeners).hasSizeGreaterThan(50);
        assertThat(listeners).allSatisfy(listener -> {
            assertThat(listener.port()).isGreaterThanOrEqualTo(FIRST_UNPRIVILEGED);
            // 127.x.y.z: the kernel prints the bytes of an address backwards, also where IPv6 carries it.
            assertThat(listener.address()).endsWith("7F");
        });
    }

    @Test
    void nothingIsWrittenOutsideTheInstanceAndTheUsersFolders(RunningMesh.Instance mesh) throws IOException {
        List<Path> allowed = Stream.of(
                        mesh.binnacle().directory(), mesh.binnacle().cloneFolder(), cache(), runtime())
                .toList();
        Set<Path> written = new HashSet<>();
        for (long pid : processes(mesh)) {
            openFiles(pid)
                    .filter(file -> isWritten(pid, file))
                    .map(file -> Path.of(target(file).replace(" (deleted)", "")))
                    .forEach(written::add);
        }

        assertThat(written).anyMatch(file -> file.startsWith(mesh.binnacle().directory()));
        assertThat(written.stream().filter(file -> allowed.stream().noneMatch(file::startsWith)))
                .isEmpty();
    }

    private static Path cache() {
        return home("XDG_CACHE_HOME").orElse(Path.of(System.getProperty("user.home"), ".cache"));
    }

    private static Path runtime() {
        return home("XDG_RUNTIME_DIR").orElse(Path.of("/tmp/binnacle-" + System.getProperty("user.name")));
    }

    private static Optional<Path> home(String variable) {
        return Optional.ofNullable(System.getenv(variable)).map(folder -> Path.of(folder, "binnacle"));
    }

    private static Set<Long> processes(RunningMesh.Instance mesh) throws IOException {
        JsonNode launcher = new ObjectMapper()
                .readTree(
                        mesh.binnacle().directory().resolve("run/launcher.json").toFile());
        var pids = new HashSet<Long>();
        launcher.get("children").forEach(child -> pids.add(child.get("pid").asLong()));
        pids.add(launcher.get("pid").asLong());
        List.copyOf(pids)
                .forEach(pid -> ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .forEach(child -> pids.add(child.pid())));
        return pids;
    }

    private static Stream<Path> openFiles(long pid) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.toList().stream();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    /** An ordinary file, open for writing; the flags are octal and their last digit says how it was opened. */
    private static boolean isWritten(long pid, Path file) {
        try {
            String flags = Files.readAllLines(Path.of("/proc/" + pid + "/fdinfo/" + file.getFileName())).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .findFirst()
                    .orElse("flags: 0");
            return !flags.endsWith("0") && Files.isRegularFile(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static List<Listener> listeners() throws IOException {
        return Stream.concat(
                        Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
                        Files.readAllLines(Path.of("/proc/net/tcp6")).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 9 && fields[3].equals(LISTENING))
                .map(fields -> new Listener(
                        fields[1].substring(0, fields[1].indexOf(':')),
                        Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16),
                        fields[9]))
                .toList();
    }
}
