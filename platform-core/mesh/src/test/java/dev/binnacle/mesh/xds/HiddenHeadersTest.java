package dev.binnacle.mesh.xds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenHeadersTest {
    private static final String MESH = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: istio, namespace: istio-system}
            data:
              mesh: |
                defaultProviders: {tracing: [spans]}
                extensionProviders:
                - name: spans
                  opentelemetry:
                    service: collector.example.com
                    port: 4317
                    %s
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: collector}
            spec:
              hosts: [collector.example.com]
              ports: [{number: 4317, name: grpc, protocol: GRPC}]
              resolution: STATIC
              endpoints: [{address: 127.0.0.1}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: app}
            spec: {selector: {app: app}, ports: [{name: http, port: 8080}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: app}
            spec:
              selector: {matchLabels: {app: app}}
              template:
                metadata: {labels: {app: app}}
                spec: {containers: [{name: app, image: app, ports: [{name: http, containerPort: 8080}]}]}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http: {path: /v1/traces, timeout: 1s, headers: [{name: x-key, value: hush-hush}]}",
                "grpc: {initialMetadata: [{name: x-key, value: hush-hush}]}"
            })
    void theKeyOfWhoeverTakesSpansIsNotShownButSent(String by) {
        var read = Translation.read(List.of(new ManifestFile("mesh.yaml", MESH.formatted(by))));
        var topology = Translation.plan(read.value());
        var resources = Translation.translate(read.value(), topology).value().get("app-0.default");

        assertThat(read.diagnostics()).isEmpty();
        assertThat(ResourcesJson.json(resources))
                .contains("x-key", "[redacted]")
                .doesNotContain("hush-hush");
        assertThat(ResourcesJson.yaml(resources)).doesNotContain("hush-hush");
        assertThat(ResourcesJson.object(resources).toString()).contains("hush-hush");
    }
}
