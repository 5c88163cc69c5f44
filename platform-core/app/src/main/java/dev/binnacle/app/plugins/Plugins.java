package dev.binnacle.app.plugins;

import dev.binnacle.plugins.ExtensionStatus;
import dev.binnacle.plugins.Limits;
import dev.binnacle.plugins.Page;
import dev.binnacle.plugins.PluginHost;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.spi.context.MeshView;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The application's plugins: started with it, stopped with it. */
@ApplicationScoped
public class Plugins {
    private final PluginRuntime runtime;
    private final PluginLoop loop;

    @Inject
    Plugins(
            PluginsConfig config,
            MeterRegistry registry,
            Extensions extensions,
            @ConfigProperty(name = "binnacle.mesh.topology") Optional<Path> topology) {
        var limits = new Limits(config.startTimeout(), config.callTimeout(), config.stopTimeout(), config.threads());
        var host = new Host(config.settings(), registry, new TopologyProxies(topology));
        Path work = config.work().orElse(config.directory().resolve(".work"));
        this.runtime = new PluginRuntime(config.directory(), work, limits, host, extensions);
        this.loop = new PluginLoop(runtime, config.watch());
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
        runtime.close();
    }

    /** Returns the state of every extension, sorted by id. */
    public List<ExtensionStatus> statuses() {
        return runtime.statuses();
    }

    /** Returns the pages that Prometheus should scrape, sorted. */
    public List<PluginEndpoint> endpoints() {
        return runtime.pages().stream().map(PluginEndpoint::of).toList();
    }

    /** Returns the page that an extension serves; empty when it serves none. */
    public Optional<Page> page(String extension) throws IOException, InterruptedException {
        return runtime.page(extension);
    }

    /** Reloads every plugin from the directory. */
    public void reloadAll() {
        runtime.reloadAll();
    }

    private record Host(Map<String, Map<String, String>> written, MeterRegistry registry, MeshView mesh)
            implements PluginHost {
        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Map<String, String> settings(String extensionId) {
            return written.getOrDefault(extensionId, Map.of());
        }

        @Override
        public HostMeters meters(String extensionId) {
            return new MicrometerMeters(extensionId, registry);
        }
    }
}
