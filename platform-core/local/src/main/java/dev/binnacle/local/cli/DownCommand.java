package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.instance.InstanceLock;
import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.Leftovers;
import dev.binnacle.local.instance.SocketFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "down", mixinStandardHelpOptions = true, description = "Stop every process that up started.")
final class DownCommand implements Callable<Integer> {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final CliContext context;

    DownCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Layout layout = context.layout();
        Optional<ProcessHandle> launcher = LauncherRecord.read(layout.launcherFile())
                .flatMap(record -> record.launcher().handle())
                .or(() -> InstanceLock.holder(layout.lockFile()));
        launcher.ifPresent(ProcessHandle::destroy);
        boolean stopped = launcher.isPresent() && ended(launcher.get());
        if (launcher.isPresent() && !stopped) {
            context.err().println("binnacle: the launcher did not stop in time and is killed");
            launcher.get().destroyForcibly();
        }
        List<ProcessHandle> leftovers = Leftovers.of(layout);
        int ended = Leftovers.end(leftovers);
        Files.deleteIfExists(layout.launcherFile());
        SocketFolder.remove(layout);
        context.print(message(launcher.isPresent(), ended));
        return ExitCode.OK;
    }

    private static boolean ended(ProcessHandle launcher) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (launcher.isAlive() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        return !launcher.isAlive();
    }

    private static String message(boolean wasRunning, int ended) {
        if (wasRunning) {
            return ended == 0 ? "stopped" : "stopped, and ended " + ended + " processes that remained";
        }
        return ended == 0
                ? "nothing was running"
                : "the launcher had been killed; ended the " + ended + " processes it left behind";
    }
}
