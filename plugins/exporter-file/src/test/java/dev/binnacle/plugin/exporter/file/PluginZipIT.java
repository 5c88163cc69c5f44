package dev.binnacle.plugin.exporter.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class PluginZipIT extends PackedPluginContract {
    @TempDir
    private Path folder;

    @Override
    protected String zip() {
        return "target/exporter-file-plugin.zip";
    }

    @Override
    protected String extension() {
        return "exporter-file";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("file", folder.resolve("samples.jsonl").toString());
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        var sample = MetricFamily.gauge("packed", "", "").sample(Labels.EMPTY, 1, Instant.EPOCH);
        ((RunningExporter) extension).exporter().export(List.of(sample));
        assertThat(folder.resolve("samples.jsonl")).content().contains("\"packed\"");
    }
}
