package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** gRPC and TCP go through the mesh like HTTP and have the metrics that Istio gives them. */
@ExtendWith(RunningMesh.class)
class ProtocolsIT {
    @Test
    void grpcCallsAreCountedWithTheirStatus(RunningMesh.Instance mesh) {
        assertThat(new Shop(mesh).catalog().status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(
                                mesh.prometheus()
                                        .value(
                                                "sum(istio_requests_total{reporter=\"destination\",source_app=\"catalog\","
                                                        + "destination_app=\"inventory\",request_protocol=\"grpc\",grpc_response_status=\"0\"})"))
                        .isPositive());
    }

    @Test
    void tcpConnectionsAreCountedOnBothSides(RunningMesh.Instance mesh) {
        assertThat(new Shop(mesh).order(1).status()).isEqualTo(201);

        for (String reporter : new String[] {"source", "destination"}) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(mesh.prometheus()
                                    .value("sum(istio_tcp_connections_opened_total{reporter=\"" + reporter
                                            + "\",source_app=\"orders\",destination_app=\"ledger\"})"))
                            .as(reporter)
                            .isPositive());
        }
    }
}
