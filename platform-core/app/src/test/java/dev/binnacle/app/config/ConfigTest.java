package dev.binnacle.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.app.audit.AuditConfig;
import dev.binnacle.app.insight.InsightConfig;
import dev.binnacle.insight.health.Thresholds;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void meshDefaults() {
        var mesh = read(MeshConfig.class, Map.of());

        assertThat(mesh.manifests()).containsExactly(Path.of("sample-services/kubernetes"), Path.of("istio"));
        assertThat(mesh.overlays()).isEqualTo(Path.of(".binnacle/overlays"));
        assertThat(mesh.topology()).isEqualTo(Path.of(".binnacle/run/topology.json"));
        assertThat(mesh.poll()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void meshKeys() {
        var mesh = read(
                MeshConfig.class,
                Map.of(
                        "binnacle.mesh.manifests", "/a b,/c",
                        "binnacle.mesh.overlays", "/o",
                        "binnacle.mesh.topology", "/t.json",
                        "binnacle.mesh.poll", "50ms"));

        assertThat(mesh.manifests()).isEqualTo(List.of(Path.of("/a b"), Path.of("/c")));
        assertThat(mesh.overlays()).isEqualTo(Path.of("/o"));
        assertThat(mesh.topology()).isEqualTo(Path.of("/t.json"));
        assertThat(mesh.poll()).isEqualTo(Duration.ofMillis(50));
    }

    @Test
    void auditDefaultsAndKeys() {
        assertThat(read(AuditConfig.class, Map.of()).file()).isEmpty();
        assertThat(read(AuditConfig.class, Map.of("binnacle.audit.file", "/a.log"))
                        .file())
                .contains(Path.of("/a.log"));
    }

    @Test
    void xdsDefaults() {
        var xds = read(XdsConfig.class, Map.of());

        assertThat(xds.enabled()).isTrue();
        assertThat(xds.host()).isEqualTo("127.0.0.1");
        assertThat(xds.port()).isEqualTo(15010);
    }

    @Test
    void xdsKeys() {
        var xds = read(
                XdsConfig.class,
                Map.of("binnacle.xds.enabled", "false", "binnacle.xds.host", "127.16.0.2", "binnacle.xds.port", "0"));

        assertThat(xds.enabled()).isFalse();
        assertThat(xds.host()).isEqualTo("127.16.0.2");
        assertThat(xds.port()).isZero();
    }

    @Test
    void prometheusDefaultsAndKeys() {
        assertThat(read(PrometheusConfig.class, Map.of()).url()).isEqualTo(URI.create("http://127.0.0.1:9090"));
        assertThat(read(PrometheusConfig.class, Map.of("binnacle.prometheus.url", "http://127.0.0.1:9190"))
                        .url())
                .isEqualTo(URI.create("http://127.0.0.1:9190"));
    }

    @Test
    void alertmanagerDefaultsAndKeys() {
        assertThat(read(AlertmanagerConfig.class, Map.of()).url()).isEqualTo(URI.create("http://127.0.0.1:9093"));
        assertThat(read(AlertmanagerConfig.class, Map.of("binnacle.alertmanager.url", "http://127.0.0.1:9193"))
                        .url())
                .isEqualTo(URI.create("http://127.0.0.1:9193"));
    }

    @Test
    void insightDefaultsAndKeys() {
        var usual = read(InsightConfig.class, Map.of());
        assertThat(usual.timeout()).hasSeconds(10);
        assertThat(usual.keep()).hasSeconds(5);
        assertThat(usual.objectives()).isEqualTo(Path.of("prometheus/slo"));
        assertThat(usual.largestAnswer().asLongValue()).isEqualTo(64 << 20);
        assertThat(new Thresholds(usual.degraded(), usual.failing(), usual.enough()))
                .isEqualTo(Thresholds.DEFAULT);
        var own = read(
                InsightConfig.class,
                Map.of(
                        "binnacle.insight.timeout", "2s",
                        "binnacle.insight.keep", "1s",
                        "binnacle.insight.largest-answer", "1M",
                        "binnacle.insight.objectives", "/slo",
                        "binnacle.insight.degraded", "0.02",
                        "binnacle.insight.failing", "0.5",
                        "binnacle.insight.enough", "100"));
        assertThat(own.timeout()).hasSeconds(2);
        assertThat(own.keep()).hasSeconds(1);
        assertThat(own.objectives()).isEqualTo(Path.of("/slo"));
        assertThat(own.largestAnswer().asLongValue()).isEqualTo(1 << 20);
        assertThat(new Thresholds(own.degraded(), own.failing(), own.enough()))
                .isEqualTo(new Thresholds(0.02, 0.5, 100));
    }

    @Test
    void kubernetesDefaults() {
        var kubernetes = read(KubernetesConfig.class, Map.of("HOSTNAME", "binnacle-1"));

        assertThat(kubernetes.kubeconfig()).isEqualTo("in-cluster");
        assertThat(kubernetes.namespace()).isEmpty();
        assertThat(kubernetes.istioNamespace()).isEqualTo("istio-system");
        assertThat(kubernetes.identity()).isEqualTo("binnacle-1");
        assertThat(kubernetes.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(kubernetes.pageSize()).isEqualTo(500);
        assertThat(kubernetes.quiet()).isEqualTo(Duration.ofMillis(500));
        assertThat(kubernetes.leader().lease()).isEqualTo("binnacle-leader");
        assertThat(kubernetes.leader().duration()).isEqualTo(Duration.ofSeconds(15));
        assertThat(kubernetes.leader().deadline()).isEqualTo(Duration.ofSeconds(9));
        assertThat(kubernetes.leader().retry()).isEqualTo(Duration.ofSeconds(2));
        assertThat(kubernetes.generated().enabled()).isTrue();
        assertThat(kubernetes.generated().labels()).isEmpty();
        assertThat(kubernetes.generated().resync()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void kubernetesKeys() {
        var kubernetes = read(
                KubernetesConfig.class,
                Map.of(
                        "binnacle.kubernetes.kubeconfig", "/k",
                        "binnacle.kubernetes.namespace", "mesh",
                        "binnacle.kubernetes.identity", "one",
                        "binnacle.kubernetes.leader.retry", "1s",
                        "binnacle.kubernetes.generated.enabled", "false",
                        "binnacle.kubernetes.generated.labels.release", "prometheus"));

        assertThat(kubernetes.kubeconfig()).isEqualTo("/k");
        assertThat(kubernetes.namespace()).contains("mesh");
        assertThat(kubernetes.identity()).isEqualTo("one");
        assertThat(kubernetes.leader().retry()).isEqualTo(Duration.ofSeconds(1));
        assertThat(kubernetes.generated().enabled()).isFalse();
        assertThat(kubernetes.generated().labels()).isEqualTo(Map.of("release", "prometheus"));
    }

    @Test
    void aMisspeltKeyIsRefused() {
        assertThatThrownBy(() -> read(MeshConfig.class, Map.of("binnacle.mesh.overlay", "/o")))
                .hasMessageContaining("binnacle.mesh.overlay");
    }

    private static <T> T read(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                // Expressions in defaults.
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
