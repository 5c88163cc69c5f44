package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.e2e.executed.TlsClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers behind the ingress gateway end TLS themselves: {@code istio/scenarios/tls-passthrough}. */
@Scenario("istio/scenarios/tls-passthrough")
class TlsPassthroughIT {
    @Test
    void eachNameLeadsToTheServerThatHasItsKey(RunningMesh.Instance mesh) {
        var client = new TlsClient(Careless.context(), mesh.secureIngress());

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (String color : new String[] {"blue", "green"}) {
                String host = color + ".vault.example.com";
                var outcome = client.get(host);
                assertThat(outcome.status()).as(outcome.reason()).isEqualTo(200);
                assertThat(outcome.subject()).isEqualTo("CN=" + host);
            }
        });
        assertThat(client.get("red.vault.example.com").status()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                mesh.prometheus()
                                        .value(
                                                "sum(istio_tcp_connections_opened_total{reporter=\"source\","
                                                        + "source_workload=\"istio-ingressgateway\",destination_workload=\"vault-blue\"})"))
                        .isPositive());
    }
}
