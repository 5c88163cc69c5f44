package dev.binnacle.app.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final URI PROMETHEUS = URI.create("http://127.0.0.1:9090");

    @Test
    void everyPodIsThereOnceReadyOrNot() {
        var pods = List.of(
                pod(1, "web-0", PodKind.SIDECAR, true),
                pod(2, "gateway-0", PodKind.GATEWAY, true),
                pod(3, "load-0", PodKind.PLAIN, false));

        var targets = Targets.of(pods, "127.0.0.1:8080", List.of(), PROMETHEUS);

        assertThat(targets.stream().flatMap(g -> g.targets().stream()).filter(t -> t.endsWith(":15020")))
                .containsExactly("127.16.16.1:15020", "127.16.16.2:15020", "127.16.16.3:15020");
        assertThat(targets.get(0).labels())
                .containsExactly(
                        Map.entry("__metrics_path__", "/stats/prometheus"),
                        Map.entry("app", "web"),
                        Map.entry("job", "istio-proxy"),
                        Map.entry("namespace", "default"),
                        Map.entry("pod", "web-0"),
                        Map.entry("version", "v1"));
        assertThat(targets.get(1).labels()).containsEntry("job", "istio-gateway");
        assertThat(targets.get(2).labels()).containsEntry("job", "kubernetes-pods");
    }

    @Test
    void thePlatformIsThereToo() {
        var targets = Targets.of(
                List.of(),
                "127.0.0.1:8080",
                List.of("/plugins/exporter-prometheus/metrics"),
                URI.create("http://127.0.0.1:9190/prom/"));

        assertThat(targets)
                .extracting(g -> g.labels().get("job") + " " + g.targets().getFirst()
                        + g.labels().get("__metrics_path__"))
                .containsExactly(
                        "binnacle 127.0.0.1:8080/q/metrics",
                        "pilot 127.0.0.1:8080/metrics/pilot",
                        "binnacle-plugins 127.0.0.1:8080/plugins/exporter-prometheus/metrics",
                        "prometheus 127.0.0.1:9190/prom/metrics");
    }

    private static Pod pod(int index, String name, PodKind kind, boolean ready) {
        return new Pod(
                name,
                "default",
                name,
                kind,
                index,
                Map.of("app", "web", "version", "v1"),
                "default",
                "127.16.16." + index,
                "127.16.32." + index,
                ready,
                Map.of(),
                Map.of());
    }
}
