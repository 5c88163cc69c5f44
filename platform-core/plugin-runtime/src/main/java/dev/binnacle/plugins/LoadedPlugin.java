package dev.binnacle.plugins;

import dev.binnacle.spi.ExtensionKind;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A plugin whose classes are loaded, with its threads, its connections and its extensions. */
final class LoadedPlugin {
    private final PluginManifest manifest;
    private final List<ExtensionLife> lives;
    private final Guard guard;
    private final Limits limits;
    private final HttpClient http = newHttpClient();

    LoadedPlugin(PluginManifest manifest, List<FoundExtension> found, Guard guard, Limits limits) {
        this.manifest = manifest;
        this.guard = guard;
        this.limits = limits;
        this.lives = found.stream().map(this::life).toList();
    }

    private ExtensionLife life(FoundExtension extension) {
        var unit = new ExtensionUnit(manifest, extension.descriptor());
        return new ExtensionLife(extension, unit, guard, limits, http);
    }

    PluginManifest manifest() {
        return manifest;
    }

    List<ExtensionLife> lives() {
        return lives;
    }

    List<ExtensionUnit> units() {
        return lives.stream().map(ExtensionLife::unit).toList();
    }

    /** Returns what made the plugin's classes; nothing may hold on to it after the plugin was unloaded. */
    ClassLoader loader() {
        return guard.loader();
    }

    Guard guard() {
        return guard;
    }

    /** Starts every extension of this kind; one that fails does not stop the others. */
    void start(ExtensionKind kind, PluginHost host, ExtensionListener listener) {
        lives.stream()
                .filter(life -> life.unit().descriptor().kind() == kind)
                .forEach(life -> life.start(host, listener));
    }

    /** Closes every extension, the last one first, and gives back what they were lent. Returns what went wrong. */
    List<String> stop(ExtensionListener listener) {
        var problems = new ArrayList<String>();
        lives.reversed().forEach(life -> life.stop(listener).ifPresent(problems::add));
        discard();
        return problems;
    }

    /** Takes back the threads and connections. */
    void discard() {
        guard.close();
        http.shutdownNow();
    }

    /** Returns the page that the extension serves; empty when it serves none. */
    Optional<Page> page(String extensionId) throws Exception {
        for (var unit : units()) {
            var endpoint = unit.endpoint();
            if (unit.id().equals(extensionId) && endpoint != null) {
                return Optional.of(new Guarded(guard, unit, limits.call()).call(() -> {
                    var text = new StringBuilder();
                    endpoint.write(text);
                    return new Page(endpoint.contentType(), text.toString());
                }));
            }
        }
        return Optional.empty();
    }

    private static HttpClient newHttpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(Duration.ofSeconds(3))
                .build();
    }
}
