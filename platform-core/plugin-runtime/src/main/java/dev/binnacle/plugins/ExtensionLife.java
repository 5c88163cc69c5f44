package dev.binnacle.plugins;

import dev.binnacle.plugins.RunningExtension.RunningCollector;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import dev.binnacle.plugins.RunningExtension.RunningReceiver;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.generate.GeneratorFactory;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One extension of a loaded plugin: made, lent what it needs, closed, and made again. Not for several threads at once. */
final class ExtensionLife {
    private static final System.Logger LOG = System.getLogger(ExtensionLife.class.getName());

    /** A started extension with what has to be closed after it. */
    private record Started(RunningExtension running, AutoCloseable made, HostTimers timers, LentMeters meters) {}

    private final FoundExtension found;
    private final ExtensionUnit unit;
    private final Guard guard;
    private final Limits limits;
    private final HttpClient http;
    private @Nullable Started started;

    ExtensionLife(FoundExtension found, ExtensionUnit unit, Guard guard, Limits limits, HttpClient http) {
        this.found = found;
        this.unit = unit;
        this.guard = guard;
        this.limits = limits;
        this.http = http;
    }

    ExtensionUnit unit() {
        return unit;
    }

    void start(PluginHost host, ExtensionListener listener) {
        var missing = needed(unit, host);
        if (!missing.isEmpty()) {
            unit.become(ExtensionState.RESOLVED, "not used: set " + String.join(", ", missing));
            return;
        }
        unit.become(ExtensionState.STARTING, "");
        try {
            var made = make(host);
            started = made;
            unit.become(ExtensionState.OK, "");
            listener.started(made.running());
        } catch (InvalidConfigException e) {
            unit.failForGood("its settings are wrong: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            unit.failForGood("interrupted while it started");
        } catch (Exception e) {
            unit.become(ExtensionState.FAILED, Guarded.describe(e));
            LOG.log(Level.WARNING, "extension did not start id=" + unit.id() + " plugin=" + unit.plugin(), e);
        }
    }

    /** Closes it and gives back what it was lent. Returns what went wrong. */
    Optional<String> stop(ExtensionListener listener) {
        var extension = started;
        started = null;
        if (extension == null) {
            return Optional.empty();
        }
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
            LOG.log(Level.WARNING, "extension did not close id=" + unit.id() + " plugin=" + unit.plugin(), e);
            return Optional.of(unit.id() + " did not close: " + Guarded.describe(e));
        } finally {
            extension.meters().close();
            unit.become(ExtensionState.STOPPED, "");
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

    private Started make(PluginHost host) throws Exception {
        var settings = Settings.bind(found.descriptor().settings(), host.settings(unit.id()));
        var guarded = new Guarded(guard, unit, limits.call());
        var timers = new HostTimers(unit.id(), guarded);
        var meters = new LentMeters(host.meters(unit.id()));
        var context = new HostContext(host, unit, http, timers, meters, settings);
        try {
            return guard.call(limits.start(), Gate.OPEN, () -> make(found, context, guarded, timers, meters));
        } catch (Exception e) {
            unit.serve(null);
            timers.close();
            meters.close();
            throw e;
        }
    }

    private static Started make(
            FoundExtension extension, HostContext context, Guarded guarded, HostTimers timers, LentMeters meters)
            throws InvalidConfigException {
        String id = extension.id();
        return switch (extension.factory()) {
            case CollectorFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(new RunningCollector(id, guarded.collector(made)), made, timers, meters);
            }
            case ReceiverFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(new RunningReceiver(id, guarded.receiver(made)), made, timers, meters);
            }
            case ExporterFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(new RunningExporter(id, guarded.exporter(made)), made, timers, meters);
            }
            case GeneratorFactory factory -> {
                var made = made(factory.create(context));
                yield new Started(new RunningGenerator(id, guarded.generator(made)), () -> {}, timers, meters);
            }
            default -> throw new IllegalStateException("a factory of an unknown kind: " + id);
        };
    }

    private static <T> T made(T extension) {
        return Objects.requireNonNull(extension, "its factory returned null");
    }
}
