package dev.binnacle.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.local.Json;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.launcher.PluginZips;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say new, dev, verify, install, list, configure, reload or remove");
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
    int reload(
            @Parameters(arity = "0..1", paramLabel = "PLUGIN", description = "Only this one.") @Nullable String plugin)
            throws IOException, InterruptedException {
        PluginZips.copy(context.layout().home(), context.layout().plugins());
        try (var app = AppApi.of(context)) {
            var answer = app.post(
                    "/api/v1/plugins" + (plugin == null ? "" : "/" + segment(plugin)) + "/reload", Map.of(), LIMIT);
            return answer.ok() ? show(app.get("/api/v1/plugins"), OutputFormat.TEXT) : show(answer, OutputFormat.TEXT);
        }
    }

    @Command(
            name = "install",
            mixinStandardHelpOptions = true,
            description =
                    "Load a plugin into the running app, in the place of its older version; FILE.sig goes with it.")
    int install(@Parameters(paramLabel = "FILE", description = "The plugin's zip.") Path file)
            throws IOException, InterruptedException {
        if (!Files.isRegularFile(file)) {
            throw ProblemException.usage("there is no file " + file, "Name the zip that the plugin's build made.");
        }
        Path signature = file.resolveSibling(file.getFileName() + ".sig");
        Map<String, String> headers = Files.isRegularFile(signature)
                ? Map.of("Binnacle-Signature", base64(Files.readAllBytes(signature)))
                : Map.of();
        try (var app = AppApi.of(context)) {
            var zip = HttpRequest.BodyPublishers.ofFile(file);
            var answer = app.put("/api/v1/plugins", zip, "application/zip", headers, LIMIT);
            answer.body()
                    .path("reasons")
                    .forEach(reason -> context.print(reason.path("message").asText()));
            return context.show(
                    answer,
                    OutputFormat.TEXT,
                    body -> context.print("installed " + body.path("plugin").asText() + " "
                            + body.path("version").asText()));
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Unload a plugin of the running app and delete its zip there.")
    int remove(@Parameters(paramLabel = "PLUGIN", description = "The plugin's id.") String plugin)
            throws IOException, InterruptedException {
        try (var app = AppApi.of(context)) {
            return context.show(app.delete("/api/v1/plugins/" + segment(plugin), LIMIT), OutputFormat.TEXT, body -> {
                context.print("removed " + plugin);
                body.path("dropped").properties().stream()
                        .filter(exporter -> exporter.getValue().asLong() > 0)
                        .forEach(exporter -> context.print("  dropped %,d samples that waited for %s"
                                .formatted(exporter.getValue().asLong(), exporter.getKey())));
            });
        }
    }

    @Command(
            name = "configure",
            mixinStandardHelpOptions = true,
            description = {
                "Give an extension of the running app other settings, in the place of those given before.",
                "Without any, what was given is taken back."
            })
    int configure(
            @Parameters(paramLabel = "EXTENSION", description = "The extension's id.") String extension,
            @Parameters(arity = "0..*", paramLabel = "KEY=VALUE", description = "A setting.") @Nullable
                    Map<String, String> settings)
            throws IOException, InterruptedException {
        try (var app = AppApi.of(context)) {
            var body = HttpRequest.BodyPublishers.ofString(Json.write(settings == null ? Map.of() : settings));
            String path = "/api/v1/plugins/" + segment(extension) + "/settings";
            return show(app.put(path, body, "application/json", Map.of(), LIMIT), OutputFormat.TEXT);
        }
    }

    private static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As the app takes a signature: text stays as it is, bytes become text. */
    private static String base64(byte[] signature) {
        return signature.length == 64
                ? Base64.getEncoder().encodeToString(signature)
                : new String(signature, StandardCharsets.US_ASCII).replaceAll("\\s", "");
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
