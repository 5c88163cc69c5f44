package dev.binnacle.app.insight;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.app.AppInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class TopologyResourceTest {
    /** No Prometheus listens where the instance of these tests would ask one. */
    @Test
    void withoutPrometheusEverythingIsDeclaredAndNothingIsKnown() {
        when().get("/api/v1/topology")
                .then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body("window", equalTo("5m"))
                .body("windowSeconds", equalTo(300f))
                .body("gaps[0]", startsWith("Requests not known: Prometheus does not answer at 127.0.0.1:1 "))
                .body(
                        "nodes.id",
                        hasItems("workload/default/web", "workload/default/catalog-v1", "workload/default/catalog-v2"))
                .body("nodes.health.status", everyItem(equalTo("unknown")))
                .body("nodes.signals[0]", hasKey("requestsPerSecond"))
                .body("nodes.signals.requestsPerSecond", everyItem(nullValue()))
                .body("edges.size()", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "window;5;window is a duration from 5s to 7d",
                "window;1s;window is a duration from 5s to 7d",
                "window;8d;window is a duration from 5s to 7d",
                "window;-5m;window is a duration from 5s to 7d",
                "window;5m]) or vector(1;window is a duration from 5s to 7d",
                "window;99999999999999999999y;window is a duration from 5s to 7d",
                "at;yesterday;at is a time such as",
                "at;1969-12-31T23:59:59Z;at is a time since 1970",
                "at;9999-01-01T00:00:00Z;at is in the future",
            })
    void whatIsNoWindowAndNoTimeIsRefused(String parameter, String value, String detail) {
        given().queryParam(parameter, value)
                .get("/api/v1/topology")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }
}
