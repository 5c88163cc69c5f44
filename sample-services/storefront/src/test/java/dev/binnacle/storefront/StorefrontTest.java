package dev.binnacle.storefront;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.binnacle.storefront.StubNeighbours.Answer;
import dev.binnacle.storefront.StubNeighbours.Call;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StubNeighbours.class)
class StorefrontTest {
    private static final String ROPE = """
            {"sku":"rope","name":"Hemp line","description":"Tarred.","priceCents":3400,"currency":"EUR","stock":7,\
            "rating":4.2,"colour":"a field of tomorrow"}""";

    @BeforeEach
    void allIsWell() {
        StubNeighbours.CALLS.clear();
        answer("GET /api/catalog", Answer.json(200, "{\"version\":\"v2\",\"items\":[" + ROPE + "]}"));
        answer("GET /api/catalog/rope", Answer.json(200, ROPE));
        answer(
                "POST /api/catalog/rope/takings",
                Answer.json(
                        201,
                        "{\"version\":\"v2\",\"sku\":\"rope\",\"quantity\":2,\"unitCents\":3400,\"remaining\":5}"));
        answer("POST /api/catalog/rope/returns", Answer.json(204, ""));
        answer("GET /api/orders", Answer.json(200, "[" + order() + "]"));
        answer("POST /api/orders", Answer.json(201, order()));
    }

    @Test
    void thePageIsThere() {
        when().get("/")
                .then()
                .statusCode(200)
                .contentType(ContentType.HTML)
                .body(containsString("storefront.js"), containsString("storefront.css"));
    }

    @Test
    void showsTheCatalogAndWhichVersionAnswered() {
        when().get("/api/catalog")
                .then()
                .statusCode(200)
                .header("x-catalog-version", "v2")
                .body("version", equalTo("v2"))
                .body("items[0].rating", equalTo(4.2f));
        when().get("/api/catalog/rope").then().statusCode(200).body("stock", equalTo(7));
        when().get("/q/metrics")
                .then()
                .body(containsString("storefront_catalog_answers_total{catalog_version=\"v2\"}"));
    }

    @Test
    void placesAnOrder() {
        order("rope", 2).statusCode(201).body("totalCents", equalTo(6800));
        assertThat(calls()).containsExactly("POST /api/catalog/rope/takings", "POST /api/orders");
        when().get("/api/orders").then().statusCode(200).body("[0].sku", equalTo("rope"));
    }

    @Test
    void anOrderThatFailsPutsThePiecesBack() {
        answer("POST /api/orders", Answer.problem(402, "the payment was declined"));
        order("rope", 2).statusCode(402).body("detail", equalTo("the payment was declined"));
        assertThat(calls())
                .containsExactly(
                        "POST /api/catalog/rope/takings", "POST /api/orders", "POST /api/catalog/rope/returns");

        answer("POST /api/catalog/rope/returns", Answer.text(503, "no healthy upstream"));
        order("rope", 2).statusCode(402);
    }

    @Test
    void refusesWhatTheCatalogRefuses() {
        answer("POST /api/catalog/rope/takings", Answer.problem(409, "only 1 left"));
        order("rope", 2).statusCode(409).body("detail", equalTo("only 1 left"));
        assertThat(calls()).containsExactly("POST /api/catalog/rope/takings");
    }

    @Test
    void refusesNonsense() {
        order("", 1).statusCode(400);
        order("rope", 0).statusCode(400).body("detail", containsString("from 1 to 100, got 0"));
        given().contentType(ContentType.JSON).post("/api/orders").then().statusCode(400);
        assertThat(calls()).isEmpty();
    }

    @Test
    void saysWhichNeighbourFailedAndHow() {
        catalogFails(Answer.text(503, "no healthy upstream"), 503, "catalog answered 503: no healthy upstream");
        catalogFails(Answer.text(504, "upstream request timeout"), 504, "catalog answered 504");
        catalogFails(Answer.text(404, ""), 502, "catalog answered 404");
        catalogFails(Answer.text(403, "RBAC: access denied"), 502, "catalog answered 403: RBAC: access denied");
        catalogFails(Answer.problem(500, "boom"), 502, "catalog answered 500");
        catalogFails(Answer.json(200, "{"), 502, "catalog broke off");
        catalogFails(Answer.text(0, ""), 502, "catalog broke off");
        catalogFails(Answer.text(-1, ""), 504, "catalog did not answer in time");
    }

    @Test
    void passesTraceContextAndUserGroupOn() {
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        given().header("traceparent", trace)
                .header("b3", "1-2-1")
                .header("x-request-id", "r-1")
                .header("x-user-group", "testers")
                .header("cookie", "stays=here")
                .get("/api/catalog")
                .then()
                .statusCode(200);
        var headers = StubNeighbours.CALLS.getFirst().headers();
        assertThat(headers.get("Traceparent"))
                .as("the same trace, from a span of its own")
                .singleElement(STRING)
                .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01")
                .isNotEqualTo(trace);
        assertThat(headers.get("B3")).containsExactly("1-2-1");
        assertThat(headers.get("X-request-id")).containsExactly("r-1");
        assertThat(headers.get("X-user-group")).containsExactly("testers");
        assertThat(headers).doesNotContainKey("Cookie");
    }

    @Test
    void isReadyWithoutItsNeighbours() {
        answer("GET /api/catalog", Answer.text(503, ""));
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/live").then().statusCode(200);
    }

    private static void catalogFails(Answer answer, int status, String detail) {
        answer("GET /api/catalog", answer);
        when().get("/api/catalog")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }

    private static ValidatableResponse order(String sku, int quantity) {
        return given().contentType(ContentType.JSON)
                .body("{\"sku\":\"%s\",\"quantity\":%d}".formatted(sku, quantity))
                .post("/api/orders")
                .then();
    }

    private static String order() {
        return """
                {"id":"o-1","sku":"rope","quantity":2,"totalCents":6800,"currency":"EUR","recorded":true,\
                "placedAt":"2026-01-02T03:04:05Z","status":"paid"}""";
    }

    private static void answer(String what, Answer answer) {
        StubNeighbours.ANSWERS.put(what, answer);
    }

    private static Iterable<String> calls() {
        return StubNeighbours.CALLS.stream().map(Call::what).toList();
    }
}
