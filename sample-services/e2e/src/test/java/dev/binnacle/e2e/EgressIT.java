package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Hosts outside of the mesh, as a pod calls them through its sidecar's proxy port: {@code istio/scenarios/egress}. */
@Scenario({EgressIT.SCENARIO + "/outside.yaml", EgressIT.SCENARIO + "/serviceentries.yaml"})
class EgressIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String SCENARIO = "istio/scenarios/egress";
    private static final String REGISTRY_ONLY = SCENARIO + "/registry-only.yaml";
    private static final String REQUESTS =
            "sum(istio_requests_total{reporter=\"source\",source_workload=\"storefront\",destination_service_name=\"%s\"})";

    @Test
    void aServiceEntryGivesAHostItsNameInMetrics(RunningMesh.Instance mesh) {
        assertThat(get(mesh, "http://api.example.org/").body()).isEqualTo("asked for api.example.org\n");
        assertThat(get(mesh, "http://anything.example.net/").body()).isEqualTo("asked for anything.example.net\n");

        counted(mesh, REQUESTS.formatted("api.example.org"));
        counted(mesh, REQUESTS.formatted("*.example.net"));
    }

    @Test
    void whatIsNotListedIsPassedThroughUntilASidecarForbidsIt(RunningMesh.Instance mesh) {
        assertThat(get(mesh, "http://unlisted.example.info/").statusCode()).isEqualTo(200);
        counted(mesh, REQUESTS.formatted("PassthroughCluster"));

        mesh.binnacle().run(PATIENCE, "apply", "-f", REGISTRY_ONLY).mustSucceed("apply " + REGISTRY_ONLY);
        try {
            assertThat(get(mesh, "http://unlisted.example.info/").statusCode()).isEqualTo(502);
            assertThat(get(mesh, "http://api.example.org/").statusCode()).isEqualTo(200);
            counted(mesh, REQUESTS.formatted("BlackHoleCluster"));
        } finally {
            mesh.binnacle().run(PATIENCE, "delete", "-f", REGISTRY_ONLY).mustSucceed("delete " + REGISTRY_ONLY);
        }
    }

    @Test
    void nothingLeavesThisMachine(RunningMesh.Instance mesh) {
        assertThat(get(mesh, "http://192.0.2.1/").statusCode()).isEqualTo(503);
        assertThat(get(mesh, "http://nobody.example.com/").statusCode()).isEqualTo(503);
    }

    @Test
    void aTunnelCountsAsATcpConnection(RunningMesh.Instance mesh) {
        String request = "GET / HTTP/1.1\r\nHost: tunnelled\r\nConnection: close\r\n\r\n";
        assertThat(ProxyPort.of(mesh, "storefront").throughTunnel("api.example.org:443", request))
                .contains("asked for tunnelled");

        counted(
                mesh,
                "sum(istio_tcp_connections_opened_total{reporter=\"source\",source_workload=\"storefront\","
                        + "destination_service_name=\"api.example.org\"})");
        counted(
                mesh,
                "sum(istio_tcp_connections_closed_total{reporter=\"source\",source_workload=\"storefront\","
                        + "destination_service_name=\"api.example.org\"})");
    }

    private static void counted(RunningMesh.Instance mesh, String query) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(mesh.prometheus().value(query)).as(query).isPositive());
    }

    private static HttpResponse<String> get(RunningMesh.Instance mesh, String url) {
        return ProxyPort.of(mesh, "storefront").get(url);
    }
}
