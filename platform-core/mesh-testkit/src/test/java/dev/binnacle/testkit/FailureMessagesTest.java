package dev.binnacle.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a failed assertion says: what happens instead, the line that decided, and why not the rule that was expected. */
@MeshTest("src/test/resources/shop")
class FailureMessagesTest {
    private static AbstractThrowableAssert<?, ?> failing(ThrowingCallable assertion) {
        return assertThatThrownBy(assertion).isInstanceOf(AssertionError.class);
    }

    @Test
    void whyTheExpectedRuleDoesNotMatch(Mesh mesh) {
        failing(() -> mesh.get("http://catalog/x")
                        .header("user", "alpha")
                        .from("storefront")
                        .goesTo("catalog", "v2"))
                .hasMessageStartingWith("""
                        GET /x at http://catalog from storefront-0.default with user: alpha
                        expected:   to go to catalog v2
                        but:        it goes to catalog v1 (75 of 100) and catalog v2 (25 of 100)
                        decided by: src/test/resources/shop/routing.yaml:52 "split" of VirtualService default/catalog
                        why not:    src/test/resources/shop/routing.yaml:16 "beta" of VirtualService default/catalog:\
                         header user is "alpha", wanted "beta"
                        """)
                .hasMessageContaining("All that is known:\n  from      storefront-0.default");
    }

    @Test
    void noRuleLeadsThere(Mesh mesh) {
        failing(() -> mesh.get("http://catalog/closed").from("storefront").goesTo("payments"))
                .hasMessageContaining("but:        the proxy decides: direct response 403")
                .hasMessageContaining("why not:    no rule for this host leads to payments");
    }

    @Test
    void whatIsThereInstead(Mesh mesh) {
        var beta = mesh.get("http://catalog/x").header("user", "beta").from("storefront");
        failing(() -> beta.hasTimeout(Duration.ofSeconds(1))).hasMessageContaining("but:        2000 ms");
        failing(beta::hasNoTimeout).hasMessageContaining("expected:   no timeout");
        failing(() -> beta.hasRetries(2)).hasMessageContaining("but:        it has 3");
        failing(() -> beta.retriesOn("reset")).hasMessageContaining("it is tried again on [5xx][]");
        failing(() -> beta.arrivesAt("/x")).hasMessageContaining("it arrives at /beta/x");
        failing(() -> beta.arrivesWithHost("x")).hasMessageContaining("it arrives with [catalog]");
        failing(() -> beta.arrivesWithHeader("x-release", "b")).hasMessageContaining("it has [beta]");
        failing(() -> beta.arrivesWithoutHeader("user")).hasMessageContaining("it has [beta]");
        failing(() -> beta.reaches("catalog-v1")).hasMessageContaining("it reaches [catalog-v2]");
        failing(() -> beta.byRule("split")).hasMessageContaining("it is \"beta\"");
        failing(() -> beta.onPort(81)).hasMessageContaining("it goes to catalog v2");
        failing(() -> beta.redirectsTo("/x")).hasMessageContaining("but:        forward");
        failing(() -> beta.isAnswered(404)).hasMessageContaining("it goes to catalog v2");
        failing(() -> beta.isDelayed(Duration.ofSeconds(1), 100)).hasMessageContaining("there is no fault");
        failing(() -> beta.isMirroredTo("catalog", "", 100)).hasMessageContaining("copies are []");
        var trouble = mesh.get("http://catalog/trouble").from("storefront");
        failing(() -> trouble.isAborted(503, 12.5)).hasMessageContaining("100.0 % wait 5 ms, 12.5 % end with 418");
        failing(beta::usesPlaintext).hasMessageContaining("it is mutual");
        failing(() -> mesh.get("http://catalog/x").from("storefront").splits("catalog", Map.of("v1", 50, "v2", 50)))
                .hasMessageContaining("it goes to catalog v1 (75 of 100) and catalog v2 (25 of 100)");
    }

    @Test
    void whoDoesNotExist(Mesh mesh) {
        failing(() -> mesh.get("http://shop.example.com/").through("private"))
                .hasMessage("there is no Gateway private among the manifests");
        failing(() -> mesh.get("http://nobody/x").from("storefront").goesTo("nobody"))
                .hasMessageContaining("no Service or ServiceEntry has the host nobody");
        assertThatThrownBy(() -> mesh.get("/x").from("storefront"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no host");
    }

    @Test
    void aTcpPortHasNoHttp(Mesh mesh) {
        failing(() -> mesh.get("http://ledger:7000/").from("storefront").hasTimeout(Duration.ofSeconds(1)))
                .hasMessageContaining("the port is for TCP");
    }
}
