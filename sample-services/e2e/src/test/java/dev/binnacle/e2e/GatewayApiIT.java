package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.e2e.executed.TlsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What other scenarios do by Istio's resources, done by Gateway API: {@code istio/scenarios/gateway-api}. */
@Scenario({"istio/scenarios/gateway-api", "istio/scenarios/testers-by-header/payments-v2.yaml"})
class GatewayApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHOP = "shop.example.com";
    private static final String CATALOG = "catalog.example.com";
    private static final String GRANT = "istio/scenarios/gateway-api/grant.yaml";
    private static final int ABOVE_THE_LIMIT_OF_V2 = 2;

    @BeforeAll
    static void issue(RunningMesh.Instance mesh) {
        mesh.binnacle()
                .run(PATIENCE, "certificate", SHOP, "--secret", "shop-credential", "--namespace", "default")
                .mustSucceed("certificate");
    }

    @AfterAll
    static void takeBack(RunningMesh.Instance mesh) {
        files(mesh).takeBack(mesh);
    }

    private static PemFiles files(RunningMesh.Instance mesh) {
        return new PemFiles(mesh.binnacle().directory().resolve(Path.of("credentials", "default", "shop-credential")));
    }

    @Test
    void theShopSpeaksTlsWithACertificateOfItsOwnNamespaceAndThePermissionStays(RunningMesh.Instance mesh) {
        var client = new TlsClient(files(mesh).trusting(), mesh.secureIngress());
        assertThat(client.get(SHOP).status()).isEqualTo(200);
        assertThat(client.get(SHOP).subject()).isEqualTo("CN=" + SHOP);

        var refused = mesh.binnacle().run(PATIENCE, "delete", "-f", GRANT);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("BNC-904", "shop-credential");
        assertThat(client.get(SHOP).status()).isEqualTo(200);
    }

    @Test
    void whoeverComesByPlainHttpIsSentToHttps(RunningMesh.Instance mesh) {
        var answer = new HostTraffic(mesh).get(SHOP, "/api/catalog");

        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.location()).isEqualTo("https://" + SHOP + "/api/catalog");
    }

    @Test
    void versionsShareRequestsByWeightAndTestersGetTheNextOne(RunningMesh.Instance mesh) {
        int requests = 200;
        var traffic = new HostTraffic(mesh);
        var counted = counted(mesh, "source");

        var seen = traffic.versionsOf(requests, CATALOG, "/api/catalog");
        assertThat(seen.keySet()).isSubsetOf("v1", "v2");
        Share.assertFits(seen.getOrDefault("v2", 0), requests, 0.1);
        assertThat(traffic.versionsOf(5, CATALOG, "/api/catalog", "x-user-group: testers"))
                .isEqualTo(Map.of("v2", 5));

        counted.awaitEqual(Map.of("v1 200", seen.getOrDefault("v1", 0), "v2 200", seen.getOrDefault("v2", 0) + 5));
    }

    @Test
    void theNextVersionRehearsesWithCopies(RunningMesh.Instance mesh) {
        int requests = 20;
        var counted = counted(mesh, "destination");

        assertThat(new HostTraffic(mesh).versionsOf(requests, CATALOG, "/rehearsal/catalog"))
                .isEqualTo(Map.of("v1", requests));

        counted.awaitEqual(Map.of("v1 200", requests, "v2 200", requests));
    }

    @Test
    void withinTheMeshTestersArePaidByVersionTwo(RunningMesh.Instance mesh) {
        var shop = new Shop(mesh);

        assertThat(Shop.statuses(4, () -> shop.order(ABOVE_THE_LIMIT_OF_V2, "x-user-group", "testers")))
                .isEqualTo(Map.of(402, 4));
        assertThat(Shop.statuses(4, () -> shop.order(ABOVE_THE_LIMIT_OF_V2))).isEqualTo(Map.of(201, 4));
    }

    @Test
    void whyNamesTheLineOfTheRoute(RunningMesh.Instance mesh) {
        assertThat(run(mesh, "why", "istio-ingressgateway", "http://" + CATALOG + "/rehearsal/catalog"))
                .containsPattern("route .*yaml:[0-9]+ \"rehearsal\" of HTTPRoute default/catalog");
        assertThat(run(mesh, "why", "istio-ingressgateway", "https://" + SHOP + "/"))
                .contains("HTTPRoute default/shop", "Secret default/shop-credential");
        assertThat(run(mesh, "why", "orders", "payments", "--path", "/api/payments", "-H", "x-user-group: testers"))
                .contains("\"testers\" of HTTPRoute default/payments", "payments-v2-0.default");
    }

    private static Increase counted(RunningMesh.Instance mesh, String reporter) {
        return new Increase(
                mesh,
                "istio_requests_total",
                Map.of("reporter", reporter, "source_workload", "istio-ingressgateway", "destination_app", "catalog"),
                "destination_version",
                "response_code");
    }

    private static String run(RunningMesh.Instance mesh, String... command) {
        return mesh.binnacle()
                .run(PATIENCE, command)
                .mustSucceed(String.join(" ", command))
                .out();
    }
}
