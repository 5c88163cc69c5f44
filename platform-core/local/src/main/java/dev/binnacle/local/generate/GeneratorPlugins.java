package dev.binnacle.local.generate;

import dev.binnacle.local.ProblemException;
import dev.binnacle.plugins.ExtensionListener;
import dev.binnacle.plugins.ExtensionState;
import dev.binnacle.plugins.Limits;
import dev.binnacle.plugins.PluginHost;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import dev.binnacle.plugins.supply.Trust;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.generate.ConfigGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The generators among the plugins, loaded into this process as a platform loads them. */
public final class GeneratorPlugins implements AutoCloseable {
    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(20), Duration.ofSeconds(60), Duration.ofSeconds(5), 2);

    /** What happens to plugins is of interest in a platform; here a failure is an answer. */
    private static final Logger LIFE = Logger.getLogger("dev.binnacle.plugins");

    private final Path work;
    private final Generators generators;
    private final PluginRuntime runtime;

    private GeneratorPlugins(Path work, Generators generators) {
        this.work = work;
        this.generators = generators;
        this.runtime = new PluginRuntime(
                work.resolve("plugins"), work.resolve("unpacked"), LIMITS, Trust.EVERYBODY, generators, generators);
    }

    /**
     * Loads the plugins among {@code zips} that contribute generators, and only those: nothing else is started.
     *
     * @param settings by the generator's id
     * @throws ProblemException when one of them does not run; the message says why
     */
    public static GeneratorPlugins load(List<Path> zips, Map<String, Map<String, String>> settings) throws IOException {
        LIFE.setLevel(Level.SEVERE);
        Path work = Files.createTempDirectory("binnacle-generate");
        Path plugins = Files.createDirectory(work.resolve("plugins"));
        for (Path zip : zips) {
            if (generates(zip)) {
                Files.copy(zip, plugins.resolve(zip.getFileName()));
            }
        }
        var loaded = new GeneratorPlugins(work, new Generators(settings));
        try {
            loaded.start();
            return loaded;
        } catch (ProblemException e) {
            loaded.close();
            throw e;
        }
    }

    /** Returns the generators by id. */
    public SortedMap<String, ConfigGenerator> generators() {
        return new TreeMap<>(generators.running);
    }

    private void start() {
        runtime.refresh();
        String failed = runtime.statuses().stream()
                .filter(status -> status.state() != ExtensionState.OK)
                .map(status -> status.id() + ": " + status.reason())
                .collect(Collectors.joining("\n"));
        if (!failed.isEmpty()) {
            throw ProblemException.no(failed, "Nothing was written.");
        }
        var unknown = new TreeMap<>(generators.settings);
        unknown.keySet().removeAll(generators.running.keySet());
        if (!unknown.isEmpty()) {
            throw ProblemException.usage(
                    "there are settings for " + unknown.firstKey() + ", which is no generator",
                    "Generators: " + String.join(", ", generators.running.keySet()) + ".");
        }
    }

    private static boolean generates(Path zip) throws IOException {
        try (var file = new ZipFile(zip.toFile())) {
            var entry = file.getEntry("plugin.properties");
            if (entry == null) {
                return false;
            }
            var manifest = new Properties();
            try (var in = file.getInputStream(entry)) {
                manifest.load(in);
            }
            return manifest.getProperty("plugin.extensions", "").contains("generator-");
        }
    }

    @Override
    public void close() {
        runtime.close();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + work, e);
        }
    }

    /** A host without a mesh and without meters, which keeps the generators. */
    private static final class Generators implements PluginHost, ExtensionListener {
        private final Map<String, Map<String, String>> settings;
        private final SortedMap<String, ConfigGenerator> running = new TreeMap<>();

        Generators(Map<String, Map<String, String>> settings) {
            this.settings = settings;
        }

        @Override
        public void started(RunningExtension extension) {
            if (extension instanceof RunningGenerator(var id, var generator)) {
                running.put(id, generator);
            }
        }

        @Override
        public void stopping(RunningExtension extension) {
            // Nobody calls a generator while the runtime is closed.
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public MeshView mesh() {
            return List::of;
        }

        @Override
        public Map<String, String> settings(String extensionId) {
            return settings.getOrDefault(extensionId, Map.of());
        }

        @Override
        public HostMeters meters(String extensionId) {
            return new HostMeters() {
                @Override
                public Counter counter(String name, String help) {
                    return amount -> {};
                }

                @Override
                public Gauge gauge(String name, String help) {
                    return value -> {};
                }

                @Override
                public void close() {
                    // Nothing was registered.
                }
            };
        }
    }
}
