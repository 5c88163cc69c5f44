package dev.binnacle.loadgenerator;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(StubShop.class)
class LoadGeneratorTest {
    @AfterEach
    void pause() {
        rate("0");
        await().until(() -> sum("loadgen_in_flight") == 0);
        StubShop.STATUS.set(200);
    }

    @Test
    void countsWhatItSentAndWhatCameBack() {
        int seenBefore = StubShop.SEEN.get();
        double sentBefore = sum("loadgen_requests_total");
        rate("100").statusCode(200).body("rate", equalTo(100f));
        await().until(() -> StubShop.SEEN.get() - seenBefore >= 50);
        StubShop.STATUS.set(503);
        await().until(() -> sum("loadgen_responses_total", "code=\"503\"") >= 10);
        pause();
        assertThat(sum("loadgen_requests_total") - sentBefore).isEqualTo(StubShop.SEEN.get() - seenBefore);
        assertThat(sum("loadgen_responses_total")).isEqualTo(sum("loadgen_requests_total"));
        assertThat(sum("loadgen_response_seconds_count")).isEqualTo(sum("loadgen_requests_total"));
    }

    @Test
    void aSilentShopDoesNotSlowItDown() {
        StubShop.STATUS.set(StubShop.SILENCE);
        int seenBefore = StubShop.SEEN.get();
        rate("100");
        // A closed loop would wait for each answer; here dozens are under way before the first one fails.
        await().until(() -> sum("loadgen_in_flight") >= 20 || StubShop.SEEN.get() - seenBefore >= 40);
        await().until(() -> sum("loadgen_responses_total", "code=\"timeout\"") >= 20);
    }

    @Test
    void refusesNonsense() {
        rate("-1").statusCode(400).body("detail", containsString("from 0 to 1000"));
        rate("null").statusCode(400);
        rate("\"fast\"").statusCode(400);
        when().get("/api/load").then().statusCode(200).body("rate", equalTo(0f));
    }

    @Test
    void isReadyWhileTheScheduleRuns() {
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/live").then().statusCode(200);
    }

    private static ValidatableResponse rate(String rate) {
        return given().contentType(ContentType.JSON)
                .body("{\"rate\":" + rate + "}")
                .put("/api/load")
                .then();
    }

    private static double sum(String name, String... labels) {
        return when().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> labels.length == 0 || line.contains(labels[0]))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
