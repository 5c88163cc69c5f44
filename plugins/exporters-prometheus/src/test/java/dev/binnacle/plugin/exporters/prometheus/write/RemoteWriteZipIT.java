package dev.binnacle.plugin.exporters.prometheus.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class RemoteWriteZipIT extends PackedPluginContract {
    private final StandInReceiver receiver = new StandInReceiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Override
    protected String zip() {
        return "target/exporters-prometheus-plugin.zip";
    }

    @Override
    protected String extension() {
        return "exporter-remote-write";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", receiver.url());
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        receiver.received.clear();
        var sample = MetricFamily.gauge("up", "", "").sample(Labels.EMPTY, 1, Instant.now());
        ((RunningExporter) extension).exporter().export(List.of(sample));

        assertThat(receiver.received)
                .singleElement()
                .satisfies(received -> assertThat(received.series()).isEqualTo("up{}"));
    }
}
