package dev.binnacle.testkit;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Manifests without a single Deployment: what each assertion says, in milliseconds. */
@MeshTest("src/test/resources/shop")
class RoutingTest {
    @Test
    void aHeaderLeadsToASubset(Mesh mesh) {
        mesh.request("GET", "/x")
                .to("catalog")
                .header("user", "beta")
                .from("storefront")
                .byRule("beta")
                .goesTo("catalog", "v2")
                .onPort(80)
                .reaches("catalog-v2")
                .hasTimeout(Duration.ofSeconds(2))
                .hasRetries(3)
                .retriesOn("5xx")
                .hasPerTryTimeout(Duration.ofMillis(500))
                .usesMutualTls()
                .succeeds();
    }

    @Test
    void theServerSeesWhatTheRuleMadeOfIt(Mesh mesh) {
        mesh.get("http://catalog/items/7?page=2")
                .header("user", "beta")
                .header("x-debug", "1")
                .from("storefront")
                .arrivesAt("/beta/items/7?page=2")
                .arrivesWithHost("catalog")
                .arrivesWithHeader("x-release", "beta")
                .arrivesWithHeader("user", "beta")
                .arrivesWithoutHeader("x-debug");
    }

    @Test
    void theOthersAreSharedOut(Mesh mesh) {
        mesh.get("http://catalog/items")
                .from("storefront")
                .goesTo("catalog")
                .splits("catalog", Map.of("v1", 75, "v2", 25))
                .reaches("catalog-v1", "catalog-v2")
                .hasNoTimeout()
                .hasRetries(0);
    }

    @Test
    void theProxyAnswersByItself(Mesh mesh) {
        mesh.get("http://catalog/old?a=b").from("storefront").isAnswered(308).redirectsTo("http://catalog/new?a=b");
        mesh.get("http://catalog/closed").from("storefront").isAnswered(403, "closed");
        mesh.get("http://shop.example.com/other").through("public").isAnswered(404);
    }

    @Test
    void troubleOnPurposeAndCopies(Mesh mesh) {
        mesh.get("http://catalog/trouble")
                .from("storefront")
                .goesTo("catalog", "v1")
                .isDelayed(Duration.ofMillis(5), 100)
                .isAborted(418, 12.5)
                .isMirroredTo("catalog", "v2", 50);
        mesh.get("http://catalog/x").from("storefront").hasNoFault();
    }

    @Test
    void callersHaveRulesOfTheirOwn(Mesh mesh) {
        mesh.get("http://catalog/admin")
                .from("admin")
                .goesTo("reviews.social")
                .onPort(9080)
                .arrivesWithHeader("x-via", "admin");
        mesh.get("http://catalog/admin").from("storefront").byRule("split");
    }

    @Test
    void gatewaysAreAskedByName(Mesh mesh) {
        mesh.get("http://shop.example.com/api/items")
                .through("public")
                .goesTo("catalog", "v1")
                .arrivesAt("/items")
                .arrivesWithHost("catalog");
    }

    @Test
    void theWorldOutsideIsAHostToo(Mesh mesh) {
        mesh.get("http://rates.example.com/today")
                .from("storefront")
                .goesTo("rates.example.com")
                .hasTimeout(Duration.ofSeconds(3))
                .usesPlaintext()
                .succeeds();
    }

    @Test
    void tcpIsDecidedByTheAddress(Mesh mesh) {
        mesh.request("GET", "/").to("ledger:7000").from("storefront").goesTo("ledger");
    }
}
