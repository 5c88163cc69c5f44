package dev.binnacle.app.kubernetes;

import dev.binnacle.app.config.KubernetesConfig.GeneratedConfig;
import dev.binnacle.app.plugins.Plugins;
import dev.binnacle.kubernetes.apply.Generated;
import dev.binnacle.kubernetes.cluster.ClusterState;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.SourceFile;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Runs the generators that run over a cluster, when they or what they read have changed. For one thread at a time. */
final class ClusterGenerators implements Function<ClusterState, Generated> {
    private final Plugins plugins;
    private final GeneratedConfig config;
    private SortedMap<String, ConfigGenerator> ran = new TreeMap<>();
    private ClusterState read = ClusterState.NONE;
    private Generated generated = Generated.NOTHING;

    ClusterGenerators(Plugins plugins, GeneratedConfig config) {
        this.plugins = plugins;
        this.config = config;
    }

    @Override
    public Generated apply(ClusterState state) {
        var running = running();
        if (!running.equals(ran) || !state.agrees(read)) {
            var sources = Stream.concat(state.manifests().stream(), state.objectives().stream())
                    .map(object -> new SourceFile(object.name(), object.text()))
                    .toList();
            generated = Generated.of(running, sources, config.labels());
            ran = running;
            read = state;
        }
        return generated;
    }

    private SortedMap<String, ConfigGenerator> running() {
        return config.enabled() ? plugins.generators() : new TreeMap<>();
    }
}
