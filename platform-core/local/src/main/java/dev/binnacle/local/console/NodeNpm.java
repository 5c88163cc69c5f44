package dev.binnacle.local.console;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Progress;
import dev.binnacle.local.engine.EngineFinder;
import dev.binnacle.local.engine.EngineKind;
import dev.binnacle.local.engine.EngineSettings;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.Settings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The npm of the Node.js that is found like an engine, when it is first needed. */
final class NodeNpm implements ConsoleBuild.Npm {
    private static final int SHOWN_LINES = 40;
    private static final int MINUTES = 15;

    private final Map<String, String> environment;
    private final Progress progress;
    private @Nullable Path node;

    NodeNpm(Map<String, String> environment, Progress progress) {
        this.environment = environment;
        this.progress = progress;
    }

    @Override
    public void run(List<String> arguments, Path folder, Path log) throws IOException, InterruptedException {
        progress.line("console: npm " + String.join(" ", arguments));
        var process = process(node(folder), arguments, folder, log).start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw failed(arguments, "takes longer than " + MINUTES + " minutes", log);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw failed(arguments, "ended with " + process.exitValue(), log);
        }
    }

    /** The folder of Node.js comes first on the path: npm's scripts look for {@code node} there. */
    private ProcessBuilder process(Path node, List<String> arguments, Path folder, Path log) {
        Path beside = node.resolveSibling("npm");
        String npm = Files.isExecutable(beside) ? beside.toString() : "npm";
        var command = Stream.concat(Stream.of(npm), arguments.stream()).toList();
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .merge("PATH", node.resolveSibling("").toString(), (path, first) -> first + File.pathSeparator + path);
        builder.environment().put("CI", "true");
        return builder;
    }

    private Path node(Path folder) throws InterruptedException {
        if (node == null) {
            var layout = Layout.of(folder.resolve("../..").normalize(), environment);
            var settings = EngineSettings.of(Map.of(), environment, Settings.read(layout));
            node = EngineFinder.of(settings, layout.user().cache(), environment, progress)
                    .find(EngineKind.NODE)
                    .binary();
        }
        return node;
    }

    private static ProblemException failed(List<String> arguments, String how, Path log) throws IOException {
        var lines = Files.readAllLines(log);
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        return ProblemException.no("npm " + String.join(" ", arguments) + " " + how + ":\n" + end, "All of it: " + log);
    }
}
