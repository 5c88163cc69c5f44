package dev.binnacle.plugin.collector.probe;

import dev.binnacle.prometheus.config.InvalidFileException;
import dev.binnacle.prometheus.config.ProbeFile;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes {@code collector-probe}. */
public final class ProbeCollectorFactory implements CollectorFactory {
    static final ConfigKey<String> CONFIG_FILE =
            new ConfigKey<>("config-file", ValueType.TEXT, null, "A file that says which servers are asked, and how");
    static final ConfigKey<List<String>> ALLOWED = new ConfigKey<>(
            "allowed-addresses",
            ValueType.LIST,
            "",
            "Link-local and metadata addresses that may be connected to all the same: addresses, or networks");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-probe",
                Stability.BETA,
                "Asks servers by HTTP, TCP and gRPC whether they are well, through the mesh and around it",
                List.of(CONFIG_FILE, ALLOWED),
                new Capabilities(List.of("*", "{mesh}"), List.of("{config-file}")));
    }

    @Override
    public Collector create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        try {
            var config = ProbeFile.read(Path.of(settings.get(CONFIG_FILE)));
            return new ProbeCollector(config, new AddressRule(settings.get(ALLOWED)), context.mesh(), context.log());
        } catch (InvalidFileException e) {
            throw new InvalidConfigException(e.problems().stream()
                    .map(problem -> new ConfigProblem(CONFIG_FILE.name(), problem.toString(), "Change the file"))
                    .toList());
        } catch (IOException e) {
            throw problem(CONFIG_FILE, "the file cannot be read: " + e, "Name a file that is there");
        } catch (IllegalArgumentException e) {
            throw problem(ALLOWED, String.valueOf(e.getMessage()), "Write addresses or networks");
        }
    }

    private static InvalidConfigException problem(ConfigKey<?> key, String message, String fix) {
        return new InvalidConfigException(List.of(new ConfigProblem(key.name(), message, fix)));
    }
}
