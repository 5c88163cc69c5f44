package dev.binnacle.app.insight;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.app.AppInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No Prometheus listens where the instance of these tests would ask one. */
@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class ServicesResourceTest {
    @Test
    void withoutPrometheusEveryServiceIsThereAndNothingIsKnownOfIt() {
        when().get("/api/v1/services")
                .then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body("gaps[0]", startsWith("Requests not known: Prometheus does not answer at 127.0.0.1:1 "))
                .body("services.id", equalTo(List.of("service/default/catalog", "service/default/web")))
                .body("services[0].versions", equalTo(List.of("v1", "v2")))
                .body("services[0].host", equalTo("catalog.default.svc.cluster.local"))
                .body("services.health.status", everyItem(equalTo("unknown")))
                .body("services[0].signals", hasKey("errorRate"))
                .body("services.signals.requestsPerSecond", everyItem(nullValue()))
                .body("services.signals.latencyMs.p99", everyItem(nullValue()));
    }

    @Test
    void aServiceHasItsPortsVersionsAndPods() {
        when().get("/api/v1/services/default/catalog?window=1m")
                .then()
                .statusCode(200)
                .body("window", equalTo("1m"))
                .body("ports[0].port", equalTo(8080))
                .body("ports[0].protocol", equalTo("http"))
                .body("versions.nodeId", equalTo(List.of("workload/default/catalog-v1", "workload/default/catalog-v2")))
                .body("versions[0].pods[0].name", equalTo("catalog-v1-0"))
                .body("versions.share", everyItem(nullValue()))
                .body("$", hasKey("comparison"))
                .body("comparison", nullValue());
    }

    @Test
    void whichPodsWereReadyInThePastNobodyKnows() {
        when().get("/api/v1/services/default/catalog?at=2026-01-01T00:00:00Z")
                .then()
                .statusCode(200)
                .body("versions[0].pods.size()", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"default/catalogue", "shop/catalog", "default/catalog-v1", "default/%22%7D%20or%20vector(1)"})
    void aServiceThatNobodyDeclaresIsNotFound(String path) {
        given().urlEncodingEnabled(false)
                .get("/api/v1/services/" + path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("GET /api/v1/services lists all"));
    }

    @Test
    void anImpossibleWindowIsRefused() {
        when().get("/api/v1/services?window=9d").then().statusCode(400);
        when().get("/api/v1/services/default/catalog?at=tomorrow").then().statusCode(400);
    }
}
