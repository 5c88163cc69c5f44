package dev.binnacle.plugin.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.exposition.TextParser;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.ExporterContract;
import dev.binnacle.spi.testkit.TestContext;
import java.util.Map;
import java.util.stream.Collectors;

class PrometheusExporterContractTest extends ExporterContract {
    @Override
    protected ExporterFactory factory() {
        return new PrometheusExporterFactory();
    }

    @Override
    protected Map<String, Double> received(TestContext context) throws Exception {
        var page = TextParser.parse(context.page(), context.clock().instant());
        assertThat(page.problems()).isEmpty();
        return page.samples().stream()
                .collect(Collectors.toMap(sample -> sample.series().toString(), Sample::value));
    }
}
