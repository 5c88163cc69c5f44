package dev.binnacle.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing needs a privilege: the ports of a gateway below 1024 are published above. */
class WantedMeshTest {
    private static final String GATEWAY = """
            apiVersion: v1
            kind: Service
            metadata: {name: gate}
            spec:
              type: LoadBalancer
              selector: {app: gate}
              ports:
              - {name: http2, port: 80, targetPort: http}
              - {name: https, port: 443, targetPort: 8443}
              - {name: tcp-ssh, port: 22, targetPort: 2222}
              - {name: http-mesh, port: 8080, targetPort: http}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gate}
            spec:
              selector: {matchLabels: {app: gate}}
              template:
                metadata:
                  labels: {app: gate}
                  annotations: {inject.istio.io/templates: gateway}
                spec:
                  containers:
                  - {name: istio-proxy, image: auto, ports: [{name: http, containerPort: 8080}]}
            """;

    @Test
    void theGatewaysPortsArePublishedWhereAnybodyMayOpenThem() {
        var wanted = wanted(GATEWAY);

        assertThat(wanted.publishedBy(wanted.workloads().getFirst()))
                .isEqualTo(Map.of(8080, 8000, 8443, 8443, 2222, 8022));
    }

    @Test
    void aServiceThatIsNoLoadBalancerPublishesNothing() {
        var wanted = wanted(GATEWAY.replace("LoadBalancer", "ClusterIP"));

        assertThat(wanted.publishedBy(wanted.workloads().getFirst())).isEmpty();
    }

    private static WantedMesh wanted(String yaml) {
        return new WantedMesh(
                Translation.read(List.of(new ManifestFile("gate.yaml", yaml))).value(), Set.of());
    }
}
