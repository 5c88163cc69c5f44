package dev.binnacle.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static Redaction.Shown shown(String kind, String namespace, String name, String yaml) {
        var ref = new ResourceRef(kind, namespace, name);
        return Redaction.of(
                ref,
                Contents.of(List.of(new ManifestFile("x.yaml", yaml)))
                        .resource(ref)
                        .orElseThrow());
    }

    @Test
    void nothingSecretIsShown() {
        var secret = shown("Secret", "default", "s", """
                apiVersion: v1
                kind: Secret
                metadata: {name: s, annotations: {kubectl.kubernetes.io/last-applied-configuration: hush}}
                type: kubernetes.io/tls
                data: {tls.key: aHVzaA==}
                stringData: {other: hush}
                """);
        assertThat(secret.exact()).isFalse();
        assertThat(secret.yaml()).contains("tls.key", "kubernetes.io/tls").doesNotContain("hush", "aHVzaA");

        var deployment = shown("Deployment", "default", "d", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: d}
                spec:
                  template:
                    spec:
                      containers:
                      - name: app
                        env: [{name: DB_PASSWORD, value: hush}, {name: PORT, value: "80"}]
                """);
        assertThat(deployment.exact()).isFalse();
        assertThat(deployment.yaml()).contains("value: \"80\"").doesNotContain("hush");

        var virtualService = shown("VirtualService", "default", "v", """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: v}
                spec: {http: [{headers: {request: {set: {Authorization: hush}}}}]}
                """);
        assertThat(virtualService.yaml()).doesNotContain("hush");

        var mesh = shown("ConfigMap", "istio-system", "istio", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data: {mesh: "initialMetadata: hush"}
                """);
        assertThat(mesh.yaml()).doesNotContain("hush");
    }

    @Test
    void whatHasNoSecretsIsShownWhole() {
        var shown = shown("Gateway", "default", "g", """
                apiVersion: networking.istio.io/v1
                kind: Gateway
                metadata: {name: g}
                spec: {servers: [{tls: {mode: SIMPLE, credentialName: shop-cert}}]}
                """);
        assertThat(shown.exact()).isTrue();
        assertThat(shown.yaml()).contains("credentialName: shop-cert");
    }
}
