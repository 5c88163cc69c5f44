package dev.binnacle.orders;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.orders.StubPayments.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StubPayments.class)
@QuarkusTestResource(StubLedger.class)
class OrdersResourceTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @BeforeEach
    void allIsWell() {
        StubPayments.ANSWER.set(StubPayments.PAID);
        StubLedger.ANSWER.set("OK 1");
        await().until(() -> metric("orders_ledger_waiting") == 0);
        StubLedger.HEARD.clear();
    }

    @Test
    void hasAnOrderPaidAndBooked() {
        double before = metric("orders_placed_total");
        String id = place(given().header("traceparent", TRACE).header("x-request-id", "r-1"))
                .statusCode(201)
                .body("id", startsWith("o-"))
                .body("totalCents", equalTo(6800))
                .body("paymentId", equalTo("p-1"))
                .body("recorded", equalTo(true))
                .extract()
                .path("id");
        assertThat(StubPayments.LAST_BODY.get()).isEqualTo("{\"orderId\":\"" + id + "\",\"amountCents\":6800}");
        assertThat(StubPayments.LAST_HEADERS.get().get("Traceparent"))
                .as("the same trace, from a span of its own")
                .singleElement(STRING)
                .matches("00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01")
                .isNotEqualTo(TRACE);
        assertThat(StubPayments.LAST_HEADERS.get().get("X-request-id")).containsExactly("r-1");
        assertThat(StubLedger.HEARD).containsExactly("APPEND " + id + " sales 6800 " + TRACE);
        assertThat(metric("orders_placed_total")).isEqualTo(before + 1);
        when().get("/api/orders/" + id).then().statusCode(200).body("recorded", equalTo(true));
        when().get("/api/orders").then().statusCode(200).body("[0].id", equalTo(id));
        when().get("/api/orders/o-0").then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void aTraceThatIsNoneDoesNotGetIntoTheLedger() {
        place(given().header("traceparent", "x 1\tAPPEND")).statusCode(201);
        assertThat(StubLedger.HEARD.getFirst()).endsWith(" 6800 -");
    }

    @Test
    void anOrderThatIsNotPaidLeavesNothingBehind() {
        StubPayments.ANSWER.set(new Answer(
                402,
                "application/problem+json",
                "{\"type\":\"about:blank\",\"title\":\"x\",\"status\":402,\"detail\":\"declined\"}"));
        place(given()).statusCode(402).body("detail", equalTo("declined"));
        StubPayments.ANSWER.set(new Answer(500, "application/json", "{}"));
        place(given()).statusCode(502).body("detail", startsWith("payments answered 500"));
        StubPayments.ANSWER.set(new Answer(503, "text/plain", "upstream connect error"));
        place(given()).statusCode(503).body("detail", equalTo("payments answered 503: upstream connect error"));
        StubPayments.ANSWER.set(new Answer(-1, "", ""));
        place(given()).statusCode(504).body("detail", equalTo("payments did not answer in time"));
        assertThat(StubLedger.HEARD).isEmpty();
    }

    @Test
    void aPaidOrderIsBookedWhenTheLedgerComesBack() {
        StubLedger.ANSWER.set("");
        String id = place(given())
                .statusCode(201)
                .body("recorded", equalTo(false))
                .extract()
                .path("id");
        place(given()).statusCode(201);
        place(given()).statusCode(503).body("detail", containsString("the ledger is too far behind"));

        StubLedger.ANSWER.set("OK 7");
        await().untilAsserted(() -> when().get("/api/orders/" + id).then().body("recorded", equalTo(true)));
        await().until(() -> metric("orders_ledger_waiting") == 0);
        place(given()).statusCode(201).body("recorded", equalTo(true));
    }

    @Test
    void aLedgerThatRefusesKeepsTheOrderWaiting() {
        StubLedger.ANSWER.set("ERR accounts the ledger has room for 1 accounts");
        place(given()).statusCode(201).body("recorded", equalTo(false));
    }

    @Test
    void refusesNonsense() {
        place(given(), "{\"sku\":\"rope\",\"quantity\":0,\"unitCents\":1}")
                .statusCode(400)
                .body("detail", containsString("from 1 to 100, got 0"));
        place(given(), "{\"sku\":\"rope\",\"quantity\":1,\"unitCents\":-5}").statusCode(400);
        place(given(), "{\"quantity\":1,\"unitCents\":5}").statusCode(400);
        place(given(), "").statusCode(400);
        assertThat(StubLedger.HEARD).isEmpty();
    }

    @Test
    void isReadyWithoutItsNeighbours() {
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/live").then().statusCode(200);
    }

    private static ValidatableResponse place(RequestSpecification request) {
        return place(request, "{\"sku\":\"rope\",\"quantity\":2,\"unitCents\":3400}");
    }

    private static ValidatableResponse place(RequestSpecification request, String body) {
        return request.contentType(ContentType.JSON)
                .body(body)
                .post("/api/orders")
                .then();
    }

    private static double metric(String name) {
        return when().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                // A trace may stand behind the value as its exemplar.
                .mapToDouble(line -> Double.parseDouble(line.split(" ", -1)[1]))
                .findFirst()
                .orElseThrow();
    }
}
