package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values and clusters that do not fit are refused, with what to do. */
@NeedsKubernetes
class ValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            imags.registry=a                            | additional properties 'imags' not allowed
            platform.replicas=2                         | additional properties 'replicas' not allowed
            replicas.catalog-v1=0                       | minimum: got 0, want 1
            replicas.catalog=2                          | there is no such Deployment. There are binnacle, catalog-v1
            images.registry=UPPER CASE                  | does not match pattern
            images.registry=a b                         | does not match pattern
            monitoring.labels.team=x: "y                | does not match pattern
            monitoring.labels.team=a1234567890123456789012345678901234567890123456789012345678901234 | does not match pattern
            networkPolicies.apiServer=everywhere        | does not match pattern
            networkPolicies.monitoringNamespace=a/b     | does not match pattern
            spans.address=a b                           | does not match pattern
            platform.settings.path=/                    | invalid propertyName 'path'
            platform.settings.binnacle\\.kubernetes\\.generated\\.enabled=true | invalid propertyName 'binnacle.kubernetes.generated.enabled'
            """)
    void aValueThatDoesNotFitIsRefused(String value, String message, ApiServer server) {
        assertThatThrownBy(() -> new Chart(server).rendered("--set", value))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining(message);
    }

    /** A setting cannot become two. */
    @Test
    void aSettingOfSeveralLinesIsRefused(ApiServer server) {
        assertThatThrownBy(() -> new Chart(server)
                        .rendered(
                                "--set-json",
                                "platform.settings={\"binnacle.mode\":\"a\\nbinnacle.xds.enabled=true\"}"))
                .hasMessageContaining("does not match pattern");
    }

    @Test
    void settingsStandOverTheChartsOwn(ApiServer server) throws Exception {
        String rendered = new Chart(server)
                .rendered(
                        "--set-json",
                        "platform.settings={\"binnacle.prometheus.url\":\"http://prometheus.example:9090\"}",
                        "--set",
                        "monitoring.labels.release=prometheus");
        var settings = Documents.map(Documents.in("shop", Documents.of(rendered))
                .get("ConfigMap shop/binnacle")
                .get("data"));

        assertThat(settings.get("application.properties").toString().lines())
                .endsWith(
                        "binnacle.kubernetes.generated.labels.\"release\"=prometheus",
                        "binnacle.prometheus.url=http://prometheus.example:9090");
    }

    @Test
    void istiosNamespaceIsRefused(ApiServer server) {
        assertThatThrownBy(() -> new Chart(server).rendered("--namespace", "istio-system"))
                .hasMessageContaining("Install into one of your own");
    }

    @Test
    void aNamespaceWithoutInjectionIsRefusedWithTheCommandThatHelps(ApiServer server) throws Exception {
        server.installCustomResources();
        server.apply(namespace("plain", "team: a"));

        assertThatThrownBy(() -> new Chart(server).tried("plain"))
                .hasMessageContaining("kubectl label namespace plain istio-injection=enabled");
    }

    @Test
    void aCertificateThatIsNotThereIsRefusedWithTheCommandThatHelps(ApiServer server) throws Exception {
        server.installCustomResources();
        server.apply(namespace("injected", "istio-injection: enabled"));
        var chart = new Chart(server);

        assertThatThrownBy(() -> chart.tried("injected", "--set", "gateway.credentialName=front-tls"))
                .hasMessageContaining(
                        "kubectl create secret tls front-tls -n istio-system --cert=tls.crt --key=tls.key");
        server.apply(namespace("istio-system", "pod-security.kubernetes.io/enforce: restricted"));
        server.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: front-tls, namespace: istio-system}
                """);
        assertThat(chart.tried("injected", "--set", "gateway.credentialName=front-tls"))
                .contains("credentialName: front-tls", "STATUS: pending-install");
    }

    private static String namespace(String name, String label) {
        return """
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {%s}}
                """.formatted(name, label);
    }
}
