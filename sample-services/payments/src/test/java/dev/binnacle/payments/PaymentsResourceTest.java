package dev.binnacle.payments;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaymentsResourceTest {
    @Test
    void takesPaymentsAndCountsThem() {
        pay("{\"orderId\":\"o-1\",\"amountCents\":3400}")
                .statusCode(201)
                .body("id", startsWith("p-"))
                .body("orderId", equalTo("o-1"))
                .body("amountCents", equalTo(3400));
        when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("payments_total{result=\"approved\"}"))
                .body(containsString("payments_total{result=\"failed\"} 0"));
    }

    @Test
    void declinesWhatIsAboveTheLimit() {
        pay("{\"orderId\":\"o-1\",\"amountCents\":1000001}")
                .statusCode(402)
                .contentType("application/problem+json")
                .body("detail", containsString("above the limit of 1000000"));
    }

    @Test
    void refusesNonsense() {
        pay("{\"orderId\":\"o-1\",\"amountCents\":0}").statusCode(400).body("detail", containsString("got 0"));
        pay("{\"orderId\":\"\",\"amountCents\":1}").statusCode(400);
        pay("{\"orderId\":\"o-1\",\"amountCents\":\"much\"}").statusCode(400);
        pay("nonsense").statusCode(400);
        pay("").statusCode(400).body("detail", containsString("a payment looks like"));
        when().get("/api/payments").then().statusCode(405).contentType("application/problem+json");
    }

    @Test
    void isReady() {
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/live").then().statusCode(200);
    }

    private static ValidatableResponse pay(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/payments")
                .then();
    }
}
