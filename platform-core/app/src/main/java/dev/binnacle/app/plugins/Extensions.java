package dev.binnacle.app.plugins;

import dev.binnacle.plugins.ExtensionListener;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningGenerator;
import dev.binnacle.spi.generate.ConfigGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The extensions that run right now, each in its place. */
@ApplicationScoped
class Extensions implements ExtensionListener {
    private final Map<String, ConfigGenerator> generators = new ConcurrentSkipListMap<>();

    @Override
    public void started(RunningExtension extension) {
        if (extension instanceof RunningGenerator(var id, var generator)) {
            generators.put(id, generator);
        }
    }

    @Override
    public void stopping(RunningExtension extension) {
        generators.remove(extension.id());
    }

    Optional<ConfigGenerator> generator(String id) {
        return Optional.ofNullable(generators.get(id));
    }
}
