package dev.binnacle.plugins;

import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import dev.binnacle.plugins.RunningExtension.RunningReceiver;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.generate.GeneratorFactory;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A plugin whose classes are loaded, with its threads, its connections and its extensions. */
final class LoadedPlugin {
    private static final System.Logger LOG = System.getLogger(LoadedPlugin.class.getName());

    /** A started extension with what has to be closed after it. */
    private record Started(
            ExtensionUnit unit,
            RunningExtension running,
            AutoCloseable made,
            HostTimers timers,
            AutoCloseable meters) {}

    private final PluginManifest manifest;
    private final List<FoundExtension> found;
    private final List<ExtensionUnit> units;
    private final Guard guard;
    private final Limits limits;
    private final HttpClient http = newHttpClient();
    private final List<Started> started = new ArrayList<>();

    LoadedPlugin(PluginManifest manifest, List<FoundExtension> found, Guard guard, Limits limits) {
        this.manifest = manifest;
        this.found = found;
        this.units = found.stream()
                .map(extension -> new ExtensionUnit(manifest, extension.descriptor()))
                .toList();
        this.guard = guard;
        this.limits = limits;
    }

    PluginManifest manifest() {
        return manifest;
    }

    List<ExtensionUnit> units() {
        return units;
    }

    /** Returns what made the plugin's classes; nothing may hold on to it after the plugin was unloaded. */
    ClassLoader loader() {
        return guard.loader();
    }

    int abandonedCalls() {
        return guard.abandonedCalls();
    }

    /** Starts every extension of this kind; one that fails does not stop the others. */
    void start(ExtensionKind kind, PluginHost host, ExtensionListener listener) {
        for (int i = 0; i < units.size(); i++) {
            var unit = units.get(i);
            if (unit.descriptor().kind() != kind) {
                continue;
            }
            var missing = needed(unit, host);
            if (!missing.isEmpty()) {
                unit.become(ExtensionState.RESOLVED, "not used: set " + String.join(", ", missing));
                continue;
            }
            unit.become(ExtensionState.STARTING, "");
            try {
                var extension = start(found.get(i), unit, host);
                started.add(extension);
                unit.become(ExtensionState.OK, "");
                listener.started(extension.running());
            } catch (InvalidConfigException e) {
                unit.become(ExtensionState.FAILED, "its settings are wrong: " + e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                unit.become(ExtensionState.FAILED, "interrupted while it started");
            } catch (Exception e) {
                unit.become(ExtensionState.FAILED, Guarded.describe(e));
                LOG.log(Level.WARNING, "extension did not start id=" + unit.id() + " plugin=" + manifest.id(), e);
            }
        }
    }

    /** Returns the settings that an extension needs when the user has written none: it is not wanted then. */
    private static List<String> needed(ExtensionUnit unit, PluginHost host) {
        return host.settings(unit.id()).isEmpty()
                ? unit.descriptor().settings().stream()
                        .filter(key -> key.fallback() == null)
                        .map(ConfigKey::name)
                        .toList()
                : List.of();
    }

    /** Closes every extension, the last one first, and gives back what they were lent. Returns what went wrong. */
    List<String> stop(ExtensionListener listener) {
        var problems = new ArrayList<String>();
        for (var extension : started.reversed()) {
            stop(extension, listener).ifPresent(problems::add);
        }
        started.clear();
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
        for (var unit : units) {
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

    private Started start(FoundExtension extension, ExtensionUnit unit, PluginHost host) throws Exception {
        var settings = Settings.bind(extension.descriptor().settings(), host.settings(unit.id()));
        var guarded = new Guarded(guard, unit, limits.call());
        var timers = new HostTimers(unit.id(), guarded);
        var meters = host.meters(unit.id());
        var context = new HostContext(host, unit, http, timers, meters, settings);
        try {
            return guard.call(limits.start(), Gate.OPEN, () -> make(extension, context, guarded, timers, meters));
        } catch (Exception e) {
            unit.serve(null);
            timers.close();
            meters.close();
            throw e;
        }
    }

    private static Started make(
            FoundExtension extension,
            HostContext context,
            Guarded guarded,
            HostTimers timers,
            PluginHost.HostMeters meters)
            throws InvalidConfigException {
        String id = extension.id();
        return switch (extension.factory()) {
            case CollectorFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(
                        context.unit(), new RunningCollector(id, guarded.collector(made)), made, timers, meters);
            }
            case ReceiverFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(
                        context.unit(), new RunningReceiver(id, guarded.receiver(made)), made, timers, meters);
            }
            case ExporterFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(
                        context.unit(), new RunningExporter(id, guarded.exporter(made)), made, timers, meters);
            }
            case GeneratorFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(
                        context.unit(), new RunningGenerator(id, guarded.generator(made)), () -> {}, timers, meters);
            }
            default -> throw new IllegalStateException("a factory of an unknown kind: " + id);
        };
    }

    private static <T> T made(T extension) {
        return Objects.requireNonNull(extension, "its factory returned null");
    }

    private Optional<String> stop(Started extension, ExtensionListener listener) {
        var unit = extension.unit();
        unit.become(ExtensionState.STOPPING, "");
        listener.stopping(extension.running());
        unit.serve(null);
        extension.timers().close();
        try {
            guard.call(limits.stop(), Gate.OPEN, () -> {
                extension.made().close();
                return true;
            });
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(unit.id() + " was interrupted while it closed");
        } catch (Exception e) {
            LOG.log(Level.WARNING, "extension did not close id=" + unit.id() + " plugin=" + manifest.id(), e);
            return Optional.of(unit.id() + " did not close: " + Guarded.describe(e));
        } finally {
            closeQuietly(extension.meters());
            unit.become(ExtensionState.STOPPED, "");
        }
    }

    private static void closeQuietly(AutoCloseable meters) {
        try {
            meters.close();
        } catch (Exception e) {
            LOG.log(Level.WARNING, "meters did not close", e);
        }
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
