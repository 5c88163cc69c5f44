package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who talks to whom, as the API tells it of the real metrics of real Envoys. */
@ExtendWith(RunningMesh.class)
class TopologyIT {
    private static final String ONLY_THE_API = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata:
              name: storefront
              namespace: default
            spec:
              hosts: ["*"]
              gateways: [storefront]
              http:
                - match:
                    - uri:
                        prefix: /api/
                  route:
                    - destination:
                        host: storefront
                        port:
                          number: 8080
            """;

    private final Traffic traffic = new Traffic();

    @Test
    void theTrafficOfTheShopIsATopology(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);

        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            Shop.statuses(20, shop::catalog);
            shop.order(1);
            JsonNode topology = topology(mesh, "1m");

            JsonNode first =
                    edge(topology, "workload/istio-system/istio-ingressgateway", "workload/default/storefront");
            assertThat(first.get("protocol").asText()).isEqualTo("http");
            assertThat(first.get("reporter").asText()).isEqualTo("source");
            assertThat(first.get("requestsPerSecond").asDouble()).isPositive();
            assertThat(first.at("/latencyMs/p50").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(first.at("/latencyMs/p99").asDouble());
            assertThat(first.get("mtls").asDouble()).isEqualTo(1);
            for (String version : new String[] {"v1", "v2"}) {
                String catalog = "workload/default/catalog-" + version;
                assertThat(edge(topology, "workload/default/storefront", catalog)
                                .get("errorRate")
                                .asDouble())
                        .isBetween(0.0, 1.0);
                assertThat(edge(topology, catalog, "workload/default/inventory")
                                .get("protocol")
                                .asText())
                        .isEqualTo("grpc");
                assertThat(node(topology, catalog).get("version").asText()).isEqualTo(version);
            }
            JsonNode ledger = edge(topology, "workload/default/orders", "workload/default/ledger");
            assertThat(ledger.get("protocol").asText()).isEqualTo("tcp");
            assertThat(ledger.get("requestsPerSecond").isNull()).isTrue();
            assertThat(ledger.at("/tcp/connectionsPerSecond").asDouble()).isPositive();
            assertThat(node(topology, "workload/istio-system/istio-ingressgateway")
                            .get("kind")
                            .asText())
                    .isEqualTo("gateway");
        });
    }

    @Test
    void whatFitsNoRouteIsANodeOfItsOwn(RunningMesh.Instance mesh) {
        mesh.binnacle().apply("only-the-api.yaml", ONLY_THE_API).mustSucceed("apply");
        try {
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                assertThat(traffic.get(mesh.ingress() + "/elsewhere").status()).isEqualTo(404);
                JsonNode lost = edge(topology(mesh, "1m"), "workload/istio-system/istio-ingressgateway", "unrouted");
                assertThat(lost.get("errorRate").asDouble()).isEqualTo(1);
                assertThat(lost.get("flags").has("NR")).isTrue();
            });
        } finally {
            mesh.binnacle().delete("only-the-api.yaml", ONLY_THE_API).mustSucceed("delete");
        }
    }

    @Test
    void aTimeBeforeAnythingWasMeasuredHasNoTraffic(RunningMesh.Instance mesh) {
        JsonNode topology = Binnacle.json(traffic.get(mesh.app() + "/api/v1/topology?window=5m&at=2020-01-01T00:00:00Z")
                .body());

        assertThat(topology.get("edges")).isEmpty();
        assertThat(node(topology, "workload/default/storefront")
                        .at("/health/status")
                        .asText())
                .isEqualTo("unknown");
    }

    private JsonNode topology(RunningMesh.Instance mesh, String window) {
        JsonNode topology = Binnacle.json(
                traffic.get(mesh.app() + "/api/v1/topology?window=" + window).body());
        assertThat(topology.get("nodes").isEmpty())
                .as(topology.toPrettyString())
                .isFalse();
        return topology;
    }

    private static JsonNode edge(JsonNode topology, String source, String target) {
        return StreamSupport.stream(topology.get("edges").spliterator(), false)
                .filter(edge -> edge.get("source").asText().equals(source)
                        && edge.get("target").asText().equals(target))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "no edge from " + source + " to " + target + " in " + topology.toPrettyString()));
    }

    private static JsonNode node(JsonNode topology, String id) {
        return StreamSupport.stream(topology.get("nodes").spliterator(), false)
                .filter(node -> node.get("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no node " + id + " in " + topology.toPrettyString()));
    }
}
