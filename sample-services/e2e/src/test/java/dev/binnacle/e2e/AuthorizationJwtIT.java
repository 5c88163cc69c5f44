package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens decide at the door, certificates behind it: {@code istio/scenarios/authorization-jwt}. */
@Scenario("istio/scenarios/authorization-jwt")
class AuthorizationJwtIT {
    private static final Path FOLDER = Path.of("../../istio/scenarios/authorization-jwt");
    private static final String HEADER = "authorization";

    private static String bearer(String name) throws IOException {
        return "Bearer " + Files.readString(FOLDER.resolve(name + ".jwt")).trim();
    }

    @Test
    void whoMayLookAndWhoMayBuyIsReadFromTheToken(RunningMesh.Instance mesh) throws IOException {
        var shop = new Shop(mesh);
        var answers = new Increase(
                mesh,
                "istio_requests_total",
                Map.of("reporter", "source", "source_workload", "istio-ingressgateway"),
                "response_code",
                "response_flags");

        assertThat(shop.orders())
                .extracting(Traffic.Answer::status, Traffic.Answer::body)
                .containsExactly(403, "RBAC: access denied");
        assertThat(shop.orders(HEADER, bearer("expired")))
                .extracting(Traffic.Answer::status, Traffic.Answer::body)
                .containsExactly(401, "Jwt is expired");
        assertThat(shop.orders(HEADER, bearer("visitor")).status()).isEqualTo(200);
        assertThat(shop.order(1, HEADER, bearer("visitor")).status()).isEqualTo(403);
        assertThat(shop.order(1, HEADER, bearer("buyer")).status()).isEqualTo(201);
        assertThat(shop.order(1, HEADER, bearer("buyer") + "x").status()).isEqualTo(401);
        assertThat(shop.catalog().status()).isEqualTo(200);

        answers.awaitEqual(Map.of("403 -", 2, "401 -", 2, "200 -", 2, "201 -", 1));
    }

    @Test
    void thePathIsWhatItMeans(RunningMesh.Instance mesh) {
        var traffic = new Traffic();

        for (String path : new String[] {"/api/./orders", "/api/x/../orders", "/api/%6frders", "/api/orders/1"}) {
            assertThat(traffic.get(mesh.ingress() + path).status()).as(path).isEqualTo(403);
        }
    }
}
