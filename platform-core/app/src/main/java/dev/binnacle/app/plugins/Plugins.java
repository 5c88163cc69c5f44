package dev.binnacle.app.plugins;

import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.traces.Traces;
import dev.binnacle.pipeline.Buffering;
import dev.binnacle.pipeline.Pipeline;
import dev.binnacle.plugins.ExtensionStatus;
import dev.binnacle.plugins.Leak;
import dev.binnacle.plugins.Limits;
import dev.binnacle.plugins.Page;
import dev.binnacle.plugins.PluginHost;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.Verification;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.config.ConfigProblem;
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
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The application's plugins and the pipeline between them: started with it, stopped with it. */
@ApplicationScoped
public class Plugins {
    private static final long LARGEST_ZIP = 512L << 20;

    private final MeshRuntime mesh;
    private final Pipeline pipeline;
    private final Function<String, Optional<Buffering>> buffers;
    private final Extensions extensions;
    private final PluginRuntime runtime;
    private final PluginSettings settings;
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
            Traces traces,
            PluginLogs logs) {
        var limits = new Limits(config.startTimeout(), config.callTimeout(), config.stopTimeout(), config.threads());
        Path work = config.work().orElse(config.directory().resolve(".work"));
        this.settings = new PluginSettings(
                config.settings(), PluginRuntime.stateOf(work).resolve("settings"));
        var host = new Host(
                settings,
                registry,
                logs,
                new MeshProxies(() -> mesh.controller().state().envoys()));
        this.mesh = mesh;
        this.pipeline = new Pipeline(
                pipelines.routes(), pipelineConfig.options(), InstantSource.system(), RandomGenerator.getDefault());
        this.buffers = id -> pipelineConfig.buffering(id, isScraped(id));
        this.extensions = new Extensions(pipeline, collect, traces.store(), buffers);
        this.runtime = new PluginRuntime(config.directory(), work, limits, config.trust(), host, extensions);
        this.metrics = new PluginMetrics(registry, runtime, pipeline);
        this.loop = new PluginLoop(this::refresh, this::supervise, config.watch());
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

    /** Returns the running generators by id. */
    public SortedMap<String, ConfigGenerator> generators() {
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

    /**
     * Loads the plugin that {@code zip} holds, unless there is something against it.
     *
     * @param signature in Base64; null when it has none
     */
    Verification install(InputStream zip, @Nullable String signature) throws IOException {
        Path folder = Files.createTempDirectory("binnacle-install-");
        Path file = folder.resolve("plugin.zip");
        Path beside = folder.resolve("plugin.zip.sig");
        try {
            copy(zip, file);
            if (signature != null) {
                Files.writeString(beside, signature);
            }
            var verification = runtime.install(file);
            metrics.follow();
            return verification;
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(beside);
            Files.delete(folder);
        }
    }

    /**
     * Unloads a plugin and deletes its zip, and what waits for its exporters.
     *
     * @return how many samples waited, by exporter; empty when there is no plugin with this id
     */
    Optional<Map<String, Long>> remove(String pluginId) throws IOException {
        var exporters = runtime.statuses().stream()
                .filter(status ->
                        status.plugin().equals(pluginId) && status.kind().equals(ExtensionKind.EXPORTER.prefix()))
                .map(ExtensionStatus::id)
                .toList();
        if (!runtime.remove(pluginId)) {
            return Optional.empty();
        }
        var dropped = new TreeMap<String, Long>();
        for (String exporter : exporters) {
            buffers.apply(exporter)
                    .ifPresent(buffer -> dropped.put(exporter, pipeline.discardExporter(exporter, buffer)));
        }
        metrics.follow();
        return Optional.of(dropped);
    }

    /**
     * Makes an extension anew with settings over the configured ones, or with those alone when none are given.
     *
     * @return what is wrong with the settings, and nothing is changed then; empty when there is no such extension
     */
    Optional<List<ConfigProblem>> configure(String extension, Map<String, String> given) throws IOException {
        var problems = runtime.problems(extension, settings.with(extension, given))
                // What was configured is what the extension began with: it says itself what is missing.
                .map(found -> given.isEmpty() ? List.<ConfigProblem>of() : found);
        if (problems.isPresent() && problems.get().isEmpty()) {
            settings.give(extension, given);
            runtime.restart(extension);
            metrics.follow();
        }
        return problems;
    }

    /**
     * Does the same with what the API was given before and these over it.
     *
     * @param given null takes a setting back
     */
    Optional<List<ConfigProblem>> reconfigure(String extension, Map<String, @Nullable String> given)
            throws IOException {
        var all = new TreeMap<>(settings.given(extension));
        given.forEach((key, value) -> {
            if (value == null) {
                all.remove(key);
            } else {
                all.put(key, value);
            }
        });
        return configure(extension, all);
    }

    /** Returns what holds for each setting of an extension; empty when there is no such extension. */
    Optional<List<SettingView>> settings(String extension) {
        var configured = settings.configured().getOrDefault(extension, Map.of());
        var given = settings.given(extension);
        return descriptor(extension)
                .map(known -> known.settings().stream()
                        .map(key -> SettingView.of(key, configured, given))
                        .toList());
    }

    /** Returns how a loaded extension introduces itself. */
    Optional<ExtensionDescriptor> descriptor(String extension) {
        return runtime.descriptor(extension);
    }

    /** Returns what unloaded plugins left behind. */
    List<Leak> leaks() {
        return runtime.leaks();
    }

    private static void copy(InputStream zip, Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var chunk = new byte[1 << 16];
            long left = LARGEST_ZIP;
            for (int read = zip.read(chunk); read >= 0; read = zip.read(chunk)) {
                left -= read;
                if (left < 0) {
                    throw new IOException("a plugin's zip has at most " + LARGEST_ZIP + " bytes");
                }
                out.write(chunk, 0, read);
            }
        }
    }

    private void supervise() {
        runtime.supervise();
        metrics.follow();
    }

    /** An exporter that serves a page is asked for what it has; the others push. */
    private boolean isScraped(String exporter) {
        return runtime.pages().contains(exporter);
    }

    private void refresh() {
        runtime.refresh();
        metrics.follow();
    }

    private record Host(PluginSettings written, MeterRegistry registry, PluginLogs logs, MeshView mesh)
            implements PluginHost {
        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Map<String, String> settings(String extensionId) {
            return written.of(extensionId);
        }

        @Override
        public System.Logger log(String extensionId) {
            return logs.keeping(extensionId, PluginHost.super.log(extensionId));
        }

        @Override
        public HostMeters meters(String extensionId) {
            return new MicrometerMeters(extensionId, registry);
        }
    }
}
