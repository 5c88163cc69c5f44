package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.local.launcher.PluginZips;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "plugin",
        mixinStandardHelpOptions = true,
        description = "Look at plugins, and manage those of the running app.")
final class PluginCommand implements Runnable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CliContext context;

    @Spec
    private CommandSpec spec;

    PluginCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say list, reload or verify");
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Show every extension and its state.")
    int list(
            @Option(names = "-o", paramLabel = "json", description = "Print JSON.", defaultValue = "text")
                    OutputFormat format)
            throws IOException, InterruptedException {
        try (var app = AppApi.of(context)) {
            return show(app.get("/api/v1/plugins"), format);
        }
    }

    @Command(
            name = "reload",
            mixinStandardHelpOptions = true,
            description = "Take over newly built plugins, and load all anew.")
    int reload() throws IOException, InterruptedException {
        PluginZips.copy(context.layout().home(), context.layout().plugins());
        try (var app = AppApi.of(context)) {
            var answer = app.post("/api/v1/plugins/reload", Map.of(), LIMIT);
            return answer.ok() ? show(app.get("/api/v1/plugins"), OutputFormat.TEXT) : show(answer, OutputFormat.TEXT);
        }
    }

    private int show(AppApi.Answer answer, OutputFormat format) {
        return context.show(answer, format, body -> body.forEach(plugin -> context.print(line(plugin))));
    }

    private static String line(JsonNode plugin) {
        String reason = plugin.path("reason").asText("");
        return "%-28s %-10s %-24s %-10s %-12s %s"
                .formatted(
                        plugin.path("id").asText(),
                        plugin.path("kind").asText(),
                        plugin.path("plugin").asText(),
                        plugin.path("version").asText(),
                        plugin.path("status").asText(),
                        reason.equals("null") ? "" : reason)
                .stripTrailing();
    }
}
