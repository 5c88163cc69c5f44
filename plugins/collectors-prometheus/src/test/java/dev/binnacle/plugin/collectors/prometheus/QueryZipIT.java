package dev.binnacle.plugin.collectors.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class QueryZipIT extends PackedPluginContract {
    @TempDir
    Path configs;

    private FakeTarget server;

    @Override
    protected String zip() {
        return "target/collectors-prometheus-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-prometheus-query";
    }

    @Override
    protected Map<String, String> settings() {
        try {
            server = FakeTarget.answering(Queries.vector(Queries.series("\"a\":\"b\"", "1")));
            return Map.of(
                    "config-file",
                    Queries.file(configs, server.address(), "- {name: q, expr: up}\n")
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        assertThat(((RunningCollector) extension).collector().collect(Queries.AT))
                .anySatisfy(sample -> assertThat(sample.series()).hasToString("q{a=\"b\"}"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }
}
