package dev.binnacle.local.cli;

import dev.binnacle.local.ExitCode;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.pod.ClassArchive;
import dev.binnacle.local.pod.JavaCommand;
import dev.binnacle.local.pod.PodEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        name = "archive-classes",
        hidden = true,
        description = "Make the class-data archives of everything that was built, so that it starts quicker.")
final class ArchiveClassesCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String RUNNABLE = "target/quarkus-app/quarkus-run.jar";

    private final CliContext context;

    ArchiveClassesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Layout layout = context.layout();
        Files.createDirectories(layout.logs());
        Path app = layout.home().resolve("platform-core/app").resolve(RUNNABLE);
        var jars = Stream.concat(Stream.of(app), samples().stream())
                .filter(Files::isRegularFile)
                .filter(jar -> !ClassArchive.isFresh(jar))
                .toList();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var made = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < jars.size(); i++) {
                Path jar = jars.get(i);
                List<String> java = jar.equals(app)
                        ? JavaCommand.current().forApps()
                        : JavaCommand.current().forPods();
                String address = "127.1.0." + (i + 1);
                made.add(threads.submit(() -> make(java, jar, address)));
            }
            context.print("class archives: " + count(made) + " of " + jars.size() + " made");
        }
        return ExitCode.OK;
    }

    private List<Path> samples() throws IOException {
        Path samples = context.layout().home().resolve("sample-services");
        if (!Files.isDirectory(samples)) {
            return List.of();
        }
        try (Stream<Path> modules = Files.list(samples)) {
            return modules.map(module -> module.resolve(RUNNABLE)).sorted().toList();
        }
    }

    private boolean make(List<String> java, Path jar, String address) throws IOException, InterruptedException {
        Layout layout = context.layout();
        Path log = layout.log("archive-" + address);
        boolean made = ClassArchive.make(
                java, jar, PodEnvironment.base(context.environment(), layout.runtime()), address, log, LIMIT);
        if (made) {
            Files.deleteIfExists(log);
        }
        return made;
    }

    private static int count(List<Future<Boolean>> made) throws InterruptedException {
        int count = 0;
        for (var each : made) {
            try {
                count += each.get() ? 1 : 0;
            } catch (ExecutionException e) {
                // Without an archive a service starts more slowly, which is no reason to stop.
                count += 0;
            }
        }
        return count;
    }
}
