package dev.binnacle.plugin.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.ExtensionState;
import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.Page;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningExporter;
import dev.binnacle.spi.context.TextEndpoint;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import java.time.Instant;
import java.util.List;

class PluginZipIT extends PackedPluginContract {
    @Override
    protected String zip() {
        return "target/exporters-prometheus-plugin.zip";
    }

    @Override
    protected String extension() {
        return "exporter-prometheus";
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        var sample = MetricFamily.gauge("up", "", "").sample(Labels.EMPTY, 1, Instant.now());
        ((RunningExporter) extension).exporter().export(List.of(sample));

        assertThat(runtime.statuses()).anySatisfy(status -> {
            assertThat(status.id()).isEqualTo("exporter-remote-write");
            assertThat(status.state()).isEqualTo(ExtensionState.RESOLVED);
            assertThat(status.reason()).isEqualTo("not used: set url");
        });
        assertThat(runtime.pages()).containsExactly(extension());
        assertThat(runtime.page(extension()))
                .hasValue(new Page(TextEndpoint.PROMETHEUS_TEXT, "# TYPE up gauge\nup 1\n"));
    }
}
