package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.testkit.ExporterContract;
import dev.binnacle.spi.testkit.TestContext;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class RemoteWriteContractTest extends ExporterContract {
    private final StandInReceiver receiver = new StandInReceiver();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Override
    protected ExporterFactory factory() {
        return new RemoteWriteExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("url", receiver.url());
    }

    @Override
    protected Map<String, Double> received(TestContext context) {
        var last = new HashMap<String, Double>();
        receiver.received.forEach(sample -> last.put(sample.series(), sample.value()));
        return last;
    }

    @Override
    protected boolean breakReceiver() {
        receiver.stop();
        return true;
    }

    @Override
    protected void repairReceiver() {
        receiver.start();
    }
}
