package dev.binnacle.app.traffic;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.binnacle.app.AppInstance;
import dev.binnacle.app.mesh.MeshRuntime;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class TrafficResourceTest {
    private static final String CATALOG = "/api/v1/services/default/catalog/routing";

    @Inject
    MeshRuntime mesh;

    private static ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static long revision() {
        return when().get(CATALOG).then().extract().jsonPath().getLong("revision");
    }

    @Test
    void whatHoldsWithoutAWordIsSaidToo() {
        when().get(CATALOG)
                .then()
                .statusCode(200)
                .body("host", equalTo("catalog.default.svc.cluster.local"))
                .body("rules.when", equalTo(List.of("every request")))
                .body("rules[0].origin", nullValue())
                .body("rules[0].destinations[0].readyEndpoints", equalTo(2))
                .body("subsets.name", equalTo(List.of("v1", "v2")))
                .body("editable", equalTo(true));
        assertThat(when().get(CATALOG).asString()).contains("\"origin\":null", "\"why\":null");
        when().get("/api/v1/services/default/nobody/routing").then().statusCode(404);
    }

    @Test
    void aDraftIsExplainedAndChangesNothing() {
        var before = mesh.controller().state();
        var body = Map.of(
                "revision",
                revision(),
                "weights",
                List.of(
                        Map.of("weight", 0),
                        Map.of("subset", "v1", "weight", 25),
                        Map.of("subset", "v2", "weight", 75)));
        var draft = post(CATALOG + "/draft", body)
                .statusCode(200)
                .body("words", hasItem(containsString("75 %")))
                .body("before", nullValue())
                .body("diagnostics.findAll { it.severity == 'ERROR' }.size()", equalTo(0))
                .extract()
                .jsonPath();

        post("/api/v1/why", Map.of("from", "web", "to", "catalog:8080", "files", draft.getList("files")))
                .statusCode(200)
                .body("clusters.weight", hasItem(75));
        post("/api/v1/why", Map.of("from", "web", "to", "catalog:8080"))
                .statusCode(200)
                .body("route.name", equalTo("default"));
        assertThat(mesh.controller().state()).isSameAs(before);
    }

    @Test
    void whatCannotBeIsRefusedWithItsReason() {
        post(CATALOG + "/draft", Map.of()).statusCode(400);
        post(CATALOG + "/draft", Map.of("revision", 1)).statusCode(409).body("revision", equalTo(revision()));
        post(CATALOG + "/draft", Map.of("revision", revision(), "weights", List.of(Map.of("weight", 7))))
                .statusCode(422)
                .body("detail", containsString("7 percent"));
        post("/api/v1/why", Map.of("from", "web")).statusCode(400);
        post("/api/v1/why", Map.of("from", "nobody", "to", "catalog"))
                .statusCode(404)
                .body("detail", containsString("web.default"));
        post(
                        "/api/v1/why",
                        Map.of(
                                "from",
                                "web",
                                "to",
                                "catalog",
                                "files",
                                List.of(Map.of("name", "x.yaml", "text", "kind: [oops"))))
                .statusCode(422);
        post("/api/v1/why", Map.of("from", "web", "to", "catalog", "port", 70000))
                .statusCode(400);
        post("/api/v1/why", Map.of("from", "web", "to", "catalog", "method", "G ET"))
                .statusCode(400);
    }
}
