package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningReceiver;
import dev.binnacle.spi.testkit.Basket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;

class PluginZipIT extends PackedPluginContract {
    @TempDir
    Path configs;

    private final FakeTarget target = target();

    @Override
    protected String zip() {
        return "target/collectors-prometheus-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-prometheus-scrape";
    }

    @Override
    protected Map<String, String> settings() {
        try {
            Path file = Files.writeString(configs.resolve("prometheus.yml"), Scraping.job(target.address(), ""));
            return Map.of("config-file", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        var basket = new Basket();
        ((RunningReceiver) extension).receiver().start(basket);
        Awaitility.await().until(() -> !basket.samples().isEmpty());
    }

    private static FakeTarget target() {
        try {
            return FakeTarget.serving("a 1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
