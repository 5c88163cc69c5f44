package dev.binnacle.local.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds which process holds a socket, as far as this user may look. */
public final class SocketOwner {
    private SocketOwner() {}

    /** Returns the owner's name and number, {@code java (pid 4711)}; empty when it belongs to another user. */
    public static Optional<String> of(ListeningSockets.Socket socket) {
        return pidOf(socket).map(pid -> name(pid) + " (pid " + pid + ")");
    }

    /** Returns the owner's process number. */
    public static Optional<Long> pidOf(ListeningSockets.Socket socket) {
        String wanted = "socket:[" + socket.inode() + "]";
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> holds(pid, wanted))
                .findFirst();
    }

    private static boolean holds(long pid, String wanted) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.anyMatch(file -> target(file).equals(wanted));
        } catch (IOException | java.io.UncheckedIOException e) {
            return false;
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String name(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/comm")).strip();
        } catch (IOException e) {
            return "a process";
        }
    }
}
