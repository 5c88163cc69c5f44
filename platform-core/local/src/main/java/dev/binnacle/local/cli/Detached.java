package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.instance.DiskSpace;
import dev.binnacle.local.instance.InstanceLock;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.launcher.Launcher;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Runs {@code up} in a session of its own, shows what it prints, and leaves it once it is healthy. */
final class Detached {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final CliContext context;

    Detached(CliContext context) {
        this.context = context;
    }

    /** Says that the launcher of this instance is healthy; whoever waits for it may go. */
    static void announce(Layout layout) throws IOException {
        Files.writeString(marker(layout), Long.toString(ProcessHandle.current().pid()));
    }

    private static Path marker(Layout layout) {
        return layout.runtime().resolve("run/healthy");
    }

    /** Starts the launcher with {@code arguments}, without their {@code --detach}, and returns the exit code of both. */
    int run(List<String> arguments) throws IOException, InterruptedException {
        Layout layout = context.layout();
        refuse(layout);
        Files.createDirectories(layout.logs());
        Files.createDirectories(layout.runtime().resolve("run"));
        Files.deleteIfExists(marker(layout));
        Path out = emptied(layout.log("launcher"));
        Path err = emptied(layout.log("launcher-errors"));
        Process launcher = new ProcessBuilder(command(arguments))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        var giveUp = new Thread(launcher::destroy, "give-up");
        Runtime.getRuntime().addShutdownHook(giveUp);
        int code = follow(launcher, new Tail(out, context.out()), new Tail(err, context.err()));
        Runtime.getRuntime().removeShutdownHook(giveUp);
        return code;
    }

    /** Here already, because the logs of a running launcher must not be emptied, and a full disk would swallow its reasons. */
    private static void refuse(Layout layout) throws IOException {
        if (InstanceLock.holder(layout.lockFile()).isPresent()) {
            throw Launcher.alreadyRunning(layout);
        }
        DiskSpace.requireToRun(layout.runtime());
    }

    private static Path emptied(Path file) throws IOException {
        Files.deleteIfExists(file);
        return Files.createFile(file);
    }

    private int follow(Process launcher, Tail out, Tail err) throws IOException, InterruptedException {
        while (launcher.isAlive() && !healthy(launcher.pid())) {
            out.show();
            err.show();
            Thread.sleep(PAUSE);
        }
        out.show();
        err.show();
        return launcher.isAlive() ? ExitCode.OK : Math.max(ExitCode.NO, launcher.exitValue());
    }

    private boolean healthy(long pid) throws IOException {
        Path marker = marker(context.layout());
        return Files.exists(marker) && Files.readString(marker).equals(Long.toString(pid));
    }

    private static List<String> command(List<String> arguments) {
        var command = new ArrayList<>(session());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                // One writer of the archive is enough, and a launcher should not write it while it stops.
                .filter(argument -> !argument.equals("-XX:+AutoCreateSharedArchive"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", ""), Main.class.getName()));
        arguments.stream().filter(argument -> !argument.equals("--detach")).forEach(command::add);
        return command;
    }

    /** A session of its own, so that closing the terminal does not end it. */
    private static List<String> session() {
        boolean hasSetsid = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));
        return hasSetsid
                ? List.of("setsid")
                : Stream.of("sh", "-c", "trap '' HUP INT; exec \"$@\"", "sh").toList();
    }

    /** Shows what is added to a file. */
    private static final class Tail {
        private final Path file;
        private final PrintWriter to;
        private long position;

        Tail(Path file, PrintWriter to) {
            this.file = file;
            this.to = to;
        }

        void show() throws IOException {
            try (var in = new RandomAccessFile(file.toFile(), "r")) {
                in.seek(position);
                byte[] bytes = new byte[(int) Math.max(0, in.length() - position)];
                in.readFully(bytes);
                int whole = lastLineEnd(bytes);
                to.print(new String(bytes, 0, whole, StandardCharsets.UTF_8));
                to.flush();
                position += whole;
            }
        }

        private static int lastLineEnd(byte[] bytes) {
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return end;
        }
    }
}
