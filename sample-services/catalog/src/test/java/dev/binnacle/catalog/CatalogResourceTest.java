package dev.binnacle.catalog;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.grpc.Metadata;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StubInventory.class)
class CatalogResourceTest {
    @BeforeEach
    void inventoryIsWell() {
        StubInventory.ANSWER.set(Status.OK);
    }

    @Test
    void showsAllArticlesWithTheirStock() {
        when().get("/api/catalog")
                .then()
                .statusCode(200)
                .header("x-catalog-version", "v2")
                .body("version", equalTo("v2"))
                .body("items", hasSize(8))
                .body("items[0].sku", equalTo("compass"))
                .body("items[0].stock", equalTo(7))
                .body("items[0].rating", equalTo(4.8f));
        when().get("/q/metrics")
                .then()
                .body(containsString("catalog_items_viewed_total{catalog_version=\"v2\",sku=\"compass\"}"));
    }

    @Test
    void showsOneArticle() {
        when().get("/api/catalog/rope").then().statusCode(200).body("name", equalTo("Hemp line, 30 m"));
        when().get("/api/catalog/anchor")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .header("x-catalog-version", "v2")
                .body("detail", equalTo("there is no article anchor"));
    }

    @Test
    void takesPiecesAndPutsThemBack() {
        given().contentType(ContentType.JSON)
                .body("{\"quantity\":2}")
                .post("/api/catalog/rope/takings")
                .then()
                .statusCode(201)
                .body("unitCents", equalTo(3400))
                .body("remaining", equalTo(5));
        given().contentType(ContentType.JSON)
                .body("{\"quantity\":2}")
                .post("/api/catalog/rope/returns")
                .then()
                .statusCode(204);
    }

    @Test
    void passesTheTraceContextOn() {
        given().header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .header("x-request-id", "r-1")
                .header("x-secret", "stays here")
                .get("/api/catalog")
                .then()
                .statusCode(200);
        // The same trace and the same decision, by a span of the service's own.
        assertThat(received("traceparent"))
                .matches("00-0af7651916cd43dd8448eb211c80319c-(?!b7ad6b7169203331)[0-9a-f]{16}-01");
        assertThat(received("x-request-id")).isEqualTo("r-1");
        assertThat(received("x-secret")).isNull();
    }

    @Test
    void saysWhatTheInventorySaid() {
        failsWith(Status.UNAVAILABLE.withDescription("no healthy upstream"), 503, "inventory: no healthy upstream");
        failsWith(Status.DEADLINE_EXCEEDED, 504, "inventory: ");
        failsWith(Status.INTERNAL, 502, "inventory: INTERNAL");
        failsWith(Status.FAILED_PRECONDITION.withDescription("only 3 are left"), 409, "inventory: only 3 are left");
    }

    @Test
    void refusesNonsense() {
        for (String body : new String[] {"{\"quantity\":0}", "{\"quantity\":101}", "{", "{\"quantity\":\"many\"}"}) {
            given().contentType(ContentType.JSON)
                    .body(body)
                    .post("/api/catalog/rope/takings")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        when().get("/api/nothing").then().statusCode(404);
    }

    @Test
    void isReadyWithoutItsNeighbours() {
        StubInventory.ANSWER.set(Status.UNAVAILABLE);
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/live").then().statusCode(200);
    }

    private static void failsWith(Status inventory, int status, String detail) {
        StubInventory.ANSWER.set(inventory);
        when().get("/api/catalog")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail))
                .body("detail", not(containsString("Exception")));
    }

    private static String received(String header) {
        return StubInventory.LAST_HEADERS.get().get(Metadata.Key.of(header, Metadata.ASCII_STRING_MARSHALLER));
    }
}
