package dev.binnacle.app.insight;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import dev.binnacle.app.AppInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No Prometheus listens where the instance of these tests would ask one. */
@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class PrometheusResourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "query?query=up",
                "query_range?query=up&start=0&end=1&step=1",
                "labels",
                "series?match[]=up",
                "label/job/values",
                "metadata"
            })
    void questionsPassAndThePrometheusThatIsAwayIsSaid(String question) {
        given().urlEncodingEnabled(false)
                .get("/api/v1/prometheus/api/v1/" + question.replace("[]", "%5B%5D"))
                .then()
                .statusCode(502)
                .contentType("application/problem+json")
                .body("detail", containsString("Prometheus does not answer at 127.0.0.1:1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "query_range", "labels", "series"})
    void formsPassToo(String question) {
        given().formParam("query", "up")
                .post("/api/v1/prometheus/api/v1/" + question)
                .then()
                .statusCode(502);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, admin/tsdb/delete_series",
        "POST, admin/tsdb/delete_series",
        "GET, targets",
        "GET, status/config",
        "POST, write",
        "GET, label/../values",
        "GET, label/a%2Fb/values",
        "GET, query/x"
    })
    void nothingElsePasses(String method, String path) {
        given().urlEncodingEnabled(false)
                .request(method, "/api/v1/prometheus/api/v1/" + path)
                .then()
                .statusCode(404);
    }
}
