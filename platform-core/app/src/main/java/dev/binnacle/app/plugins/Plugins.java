package dev.binnacle.app.plugins;

import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.traces.Traces;
import dev.binnacle.pipeline.Pipeline;
import dev.binnacle.plugins.ExtensionStatus;
import dev.binnacle.plugins.Limits;
import dev.binnacle.plugins.Page;
import dev.binnacle.plugins.PluginHost;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.SourceFile;
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
import java.util.random.RandomGenerator;

/** The application's plugins and the pipeline between them: started with it, stopped with it. */
@ApplicationScoped
public class Plugins {
    private final MeshRuntime mesh;
    private final Pipeline pipeline;
    private final Extensions extensions;
    private final PluginRuntime runtime;
    private final PluginLoop loop;
    private final PluginMetrics metrics;

    @Inject
    Plugins(
            PluginsConfig config,
            CollectConfig collect,
            PipelineConfig pipelineConfig,
            PipelinesConfig pipelines,
            MeterRegistry registry,
            MeshRuntime mesh,
            Traces traces) {
        var limits = new Limits(config.startTimeout(), config.callTimeout(), config.stopTimeout(), config.threads());
        var host = new Host(
                config.settings(),
                registry,
                new MeshProxies(() -> mesh.controller().state().envoys()));
        Path work = config.work().orElse(config.directory().resolve(".work"));
        this.mesh = mesh;
        this.pipeline = new Pipeline(
                pipelines.routes(), pipelineConfig.options(), InstantSource.system(), RandomGenerator.getDefault());
        this.extensions = new Extensions(pipeline, collect, traces.store());
        this.runtime = new PluginRuntime(config.directory(), work, limits, config.trust(), host, extensions);
        this.metrics = new PluginMetrics(registry, runtime, pipeline);
        this.loop = new PluginLoop(this::refresh, config.watch());
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.close();
        pipeline.close();
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

    /** Returns the running mesh's files, as generators read them. */
    public List<SourceFile> manifests() {
        return mesh.controller().state().files().stream()
                .map(file -> new SourceFile(file.name(), file.text()))
                .toList();
    }

    /** Returns the running generator with this id. */
    public Optional<ConfigGenerator> generator(String id) {
        return extensions.generator(id);
    }

    /** Returns the ids of the running generators, sorted. */
    public List<String> generators() {
        return extensions.generators();
    }

    /** Reloads every plugin from the directory. */
    public void reloadAll() {
        runtime.reloadAll();
        metrics.follow();
    }

    /** Reloads one plugin; false when there is none with this id. */
    public boolean reload(String pluginId) {
        boolean known = runtime.reload(pluginId);
        metrics.follow();
        return known;
    }

    private void refresh() {
        runtime.refresh();
        metrics.follow();
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
