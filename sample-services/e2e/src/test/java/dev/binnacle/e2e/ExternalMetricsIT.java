package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.e2e.executed.TlsClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The article's four resources, corrected and running: {@code istio/scenarios/external-metrics}. */
@Scenario("istio/scenarios/external-metrics")
class ExternalMetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aPrometheusCollectsMetricsOfAnExternalHostThroughTheEgressGateway(RunningMesh.Instance mesh) {
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> {
            assertThat(collector(mesh).value("up{job=\"example.com\"}")).isEqualTo(1);
            assertThat(collector(mesh).value("example_requests_total")).isPositive();
        });
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(requests(mesh, "external-prometheus", "istio-egressgateway"))
                    .isPositive();
            assertThat(requests(mesh, "istio-egressgateway", "example.com")).isPositive();
            assertThat(requests(mesh, "external-prometheus", "example.com"))
                    .as("requests that went around the gateway")
                    .isZero();
        });
    }

    @Test
    void whyNamesTheRuleOfEachStep(RunningMesh.Instance mesh) {
        var first = mesh.binnacle()
                .run(PATIENCE, "why", "external-prometheus", "example.com", "--port", "80", "--path", "/metrics")
                .mustSucceed("why");
        assertThat(first.out())
                .contains("to-egress")
                .contains("outbound|80||istio-egressgateway.istio-system.svc.cluster.local");
        var second = mesh.binnacle()
                .run(PATIENCE, "why", "istio-egressgateway", "example.com", "--port", "80", "--path", "/metrics")
                .mustSucceed("why");
        assertThat(second.out()).contains("to-example").contains("outbound|80|subset-example|example.com");
    }

    /** The article's Gateway, with a certificate that a Secret has. */
    @Test
    void exampleComIsAskedOverTlsWithTheCertificateOfTheSecret(RunningMesh.Instance mesh) {
        mesh.binnacle()
                .run(PATIENCE, "certificate", "example.com", "--secret", "example.com")
                .mustSucceed("certificate");
        var files = PemFiles.of(mesh, "example.com");
        try {
            var counted = Increase.atSource(mesh, "istio-ingressgateway", "istio-egressgateway", "response_code");
            var client = new TlsClient(files.trusting(), mesh.secureIngress());
            var answer = client.get("example.com", "/metrics");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.subject()).isEqualTo("CN=example.com");
            assertThat(client.get("example.com").status()).isEqualTo(404);
            assertThat(client.get("www.example.com").status()).isZero();
            counted.awaitEqual(Map.of("200", 1));
        } finally {
            files.takeBack(mesh);
        }
    }

    private static Prometheus collector(RunningMesh.Instance mesh) {
        return new Prometheus(
                "http://" + mesh.pod("external-prometheus", "v1").get("appIp").asText() + ":9090");
    }

    private static double requests(RunningMesh.Instance mesh, String from, String to) {
        return mesh.prometheus()
                .value("sum(istio_requests_total{reporter=\"source\",response_code=\"200\",source_workload=\"" + from
                        + "\",destination_service_name=\"" + to + "\"})");
    }
}
