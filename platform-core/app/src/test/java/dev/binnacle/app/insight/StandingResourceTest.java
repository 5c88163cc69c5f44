package dev.binnacle.app.insight;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.app.AppInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Neither Prometheus nor Alertmanager is there: each view says so, and the rest is right. */
@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class StandingResourceTest {
    @Test
    void theOverviewSaysWhatItCouldNotLearnAndTheRest() {
        when().get("/api/v1/overview?window=1m")
                .then()
                .statusCode(200)
                .body("window", equalTo("1m"))
                .body("complete", equalTo(false))
                .body("gaps", hasItem(startsWith("Requests not known: Prometheus does not answer")))
                .body("gaps", hasItem(startsWith("Objectives not known: Prometheus does not answer")))
                .body("gaps", hasItem(startsWith("Alerts not known: Alertmanager does not answer")))
                .body("counts.unknown", equalTo(2))
                .body("counts.ok", equalTo(0))
                .body("alerts", nullValue())
                .body("attention.severity", hasItem("unknown"))
                .body("diagnostics.errors", equalTo(0))
                .body("proxies.all", greaterThan(-1))
                .body("plugins.all", greaterThan(0));
    }

    @Test
    void alertsAndObjectivesAreUnknownAndNotNone() {
        when().get("/api/v1/alerts")
                .then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body("gaps[0]", containsString("Alertmanager does not answer at 127.0.0.1:1"))
                .body("alerts", empty());
        when().get("/api/v1/slos")
                .then()
                .statusCode(200)
                .body("complete", equalTo(false))
                .body("gaps[0]", containsString("Prometheus does not answer at 127.0.0.1:1"));
        when().get("/api/v1/services")
                .then()
                .body("services[0].alerts", nullValue())
                .body("gaps", hasItem(startsWith("Alerts not known")));
    }

    @Test
    void anImpossibleTimeIsRefused() {
        when().get("/api/v1/overview?at=3026-01-01T00:00:00Z").then().statusCode(400);
    }
}
