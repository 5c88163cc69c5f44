package dev.binnacle.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterCheckTest {
    private static final ManifestFile SERVICE = object("Service shop/catalog", """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "catalog", "namespace": "shop"},
             "spec": {"selector": {"app": "catalog"}, "sessionAffinity": "None", "externalIPs": ["10.0.0.1"],
               "ports": [{"name": "http", "port": 80, "targetPort": 8080}]}}
            """);
    private static final ManifestFile WORKLOAD = workload("catalog");

    @Test
    void aMistakeIsNamedByItsObjectAndField() {
        var checked = ClusterCheck.of(List.of(SERVICE, WORKLOAD, route("ctalog")));

        assertThat(checked.diagnostics())
                .anySatisfy(diagnostic -> assertThat(diagnostic.toString())
                        .startsWith("VirtualService shop/catalog BNC-201 VirtualService shop/catalog "
                                + "spec.http[0].route[0].destination.host: no Service"));
    }

    @Test
    void whatIsTrueOfOneMachineOnlyIsNotSaid() {
        var wasm = object("WasmPlugin shop/a", """
                {"apiVersion": "extensions.istio.io/v1alpha1", "kind": "WasmPlugin",
                 "metadata": {"name": "a", "namespace": "shop"}, "spec": {"url": "oci://x"}}
                """);
        var noSelector = object("Service default/kubernetes", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "kubernetes", "namespace": "default"},
                 "spec": {"ports": [{"name": "https", "port": 443}]}}
                """);

        assertThat(ClusterCheck.of(List.of(SERVICE, WORKLOAD, route("catalog"), wasm, noSelector))
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void moreWorkloadsThanOneMachineHoldsAreRead() {
        var objects = new ArrayList<ManifestFile>();
        for (int i = 0; i < 600; i++) {
            objects.add(workload("w" + i));
        }
        var checked = ClusterCheck.of(objects);

        assertThat(checked.value().workloads()).hasSize(600);
        assertThat(checked.diagnostics()).isEmpty();
    }

    private static ManifestFile route(String host) {
        return object("VirtualService shop/catalog", """
                {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService",
                 "metadata": {"name": "catalog", "namespace": "shop"},
                 "spec": {"hosts": ["catalog"], "http": [{"route": [{"destination": {"host": "%s"}}]}]}}
                """.formatted(host));
    }

    private static ManifestFile workload(String name) {
        return object("Deployment shop/" + name, """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "%1$s", "namespace": "shop"},
                 "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "%1$s"}}, "template": {
                   "metadata": {"labels": {"app": "%1$s"}}, "spec": {"serviceAccountName": "own", "containers": [
                     {"name": "a", "image": "a", "ports": []}]}}}}
                """.formatted(name));
    }

    private static ManifestFile object(String name, String text) {
        return new ManifestFile(name, text.replace("\n", ""));
    }
}
