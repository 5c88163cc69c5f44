package dev.binnacle.app.insight;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.app.AppInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No Prometheus listens where the instance of these tests would ask one. */
@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class SeriesResourceTest {
    @Test
    void withoutPrometheusThereIsNoLineAndTheReason() {
        given().queryParam("service", "default/catalog")
                .queryParam("signal", "latency")
                .get("/api/v1/series")
                .then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body(
                        "gaps[0]",
                        startsWith("Part of the chart is not known: Prometheus does not answer at 127.0.0.1:1 "))
                .body("unit", equalTo("ms"))
                .body("signal", equalTo("latency"))
                .body("stepSeconds", equalTo(15))
                .body("series", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "service;default/nobody;404;There is no service default/nobody",
                "service;catalog;404;There is no service catalog",
                "node;unknown;404;There are no series of unknown",
                "edge;workload/a/b;404;It is SOURCE>TARGET",
                "edge;workload/a/b>workload/c/d>unknown;404;It is SOURCE>TARGET",
                "signal;colour;400;signal is requests, errors or latency",
                "signal;errors;400;one of node, service and edge is needed",
            })
    void whatHasNoSeriesIsSaidToHaveNone(String parameter, String value, int status, String detail) {
        given().queryParam(parameter, value)
                .get("/api/v1/series")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", containsString(detail));
    }

    @Test
    void anImpossibleRangeIsRefused() {
        given().queryParam("service", "default/web")
                .queryParam("window", "400d")
                .get("/api/v1/series")
                .then()
                .statusCode(400);
    }
}
