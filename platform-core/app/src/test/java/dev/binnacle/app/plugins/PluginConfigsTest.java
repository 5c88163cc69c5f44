package dev.binnacle.app.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.pipeline.Buffering;
import dev.binnacle.pipeline.PipelineOptions;
import dev.binnacle.pipeline.Retry;
import dev.binnacle.plugins.supply.Trust;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginConfigsTest {
    @Test
    void pluginDefaults() {
        var plugins = read(PluginsConfig.class, Map.of());

        assertThat(plugins.directory()).isEqualTo(Path.of(".binnacle/plugins"));
        assertThat(plugins.work()).isEmpty();
        assertThat(plugins.watch()).isFalse();
        assertThat(plugins.startTimeout()).hasSeconds(10);
        assertThat(plugins.callTimeout()).hasSeconds(10);
        assertThat(plugins.stopTimeout()).hasSeconds(5);
        assertThat(plugins.threads()).isEqualTo(4);
        assertThat(plugins.trust()).isEqualTo(Trust.EVERYBODY);
        assertThat(plugins.settings()).isEmpty();
    }

    @Test
    void pluginKeys() {
        var plugins = read(
                PluginsConfig.class,
                Map.of(
                        "binnacle.plugins.directory", "/plug ins",
                        "binnacle.plugins.work", "/w",
                        "binnacle.plugins.watch", "true",
                        "binnacle.plugins.start-timeout", "1s",
                        "binnacle.plugins.call-timeout", "2s",
                        "binnacle.plugins.stop-timeout", "3s",
                        "binnacle.plugins.threads", "2",
                        "binnacle.plugins.signatures", "required",
                        "binnacle.plugins.trusted-keys", "/a.pem,/b.pem",
                        "binnacle.plugins.settings.\"collector-envoy\".timeout", "5s"));

        assertThat(plugins.directory()).isEqualTo(Path.of("/plug ins"));
        assertThat(plugins.work()).contains(Path.of("/w"));
        assertThat(plugins.watch()).isTrue();
        assertThat(plugins.startTimeout()).hasSeconds(1);
        assertThat(plugins.callTimeout()).hasSeconds(2);
        assertThat(plugins.stopTimeout()).hasSeconds(3);
        assertThat(plugins.threads()).isEqualTo(2);
        assertThat(plugins.trust()).isEqualTo(new Trust(true, List.of(Path.of("/a.pem"), Path.of("/b.pem"))));
        assertThat(plugins.settings()).isEqualTo(Map.of("collector-envoy", Map.of("timeout", "5s")));
    }

    @Test
    void collectDefaultsAndKeys() {
        assertThat(read(CollectConfig.class, Map.of()).interval()).hasSeconds(15);
        assertThat(read(CollectConfig.class, Map.of()).intervals()).isEmpty();
        var collect = read(
                CollectConfig.class,
                Map.of("binnacle.collect.interval", "30s", "binnacle.collect.intervals.\"collector-envoy\"", "5s"));
        assertThat(collect.interval()).hasSeconds(30);
        assertThat(collect.intervals()).isEqualTo(Map.of("collector-envoy", Duration.ofSeconds(5)));
    }

    @Test
    void pipelineDefaultsAreThePipelinesOwn() {
        assertThat(read(PipelineConfig.class, Map.of()).options()).isEqualTo(PipelineOptions.DEFAULT);
    }

    @Test
    void pipelineKeys() {
        var options = read(
                        PipelineConfig.class,
                        Map.of(
                                "binnacle.pipeline.queue", "10",
                                "binnacle.pipeline.batch", "5",
                                "binnacle.pipeline.linger", "7s",
                                "binnacle.pipeline.retry-pause", "1s",
                                "binnacle.pipeline.longest-retry-pause", "2s",
                                "binnacle.pipeline.give-up", "3s",
                                "binnacle.pipeline.drain", "4s",
                                "binnacle.pipeline.handover", "5s"))
                .options();

        assertThat(options)
                .isEqualTo(new PipelineOptions(
                        10,
                        5,
                        Duration.ofSeconds(7),
                        new Retry(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(3)),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
    }

    @Test
    void exportersThatPushHaveABuffer() {
        var none = read(PipelineConfig.class, Map.of());
        assertThat(none.buffering("exporter-a", true)).isEmpty();
        assertThat(none.buffering("exporter-a", false))
                .contains(new Buffering(Path.of(".binnacle/buffers/exporter-a"), 256 << 20));

        var some = read(
                PipelineConfig.class,
                Map.of(
                        "binnacle.pipeline.buffers", "/b",
                        "binnacle.pipeline.buffer-bytes", "0",
                        "binnacle.pipeline.buffer-bytes-of.\"exporter-a\"", "2000000"));
        assertThat(some.buffering("exporter-b", false)).isEmpty();
        assertThat(some.buffering("exporter-a", true)).contains(new Buffering(Path.of("/b/exporter-a"), 2_000_000));
    }

    private static <T> T read(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
