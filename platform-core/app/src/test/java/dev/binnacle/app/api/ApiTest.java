package dev.binnacle.app.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.app.AppInstance;
import dev.binnacle.app.config.MeshConfig;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.mesh.TestMesh;
import dev.binnacle.xds.ObedientProxy;
import dev.binnacle.xds.ProxyStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class ApiTest {
    @Inject
    MeshRuntime mesh;

    @Inject
    MeshConfig config;

    private final List<ObedientProxy> proxies = new ArrayList<>();

    @BeforeEach
    void connect() {
        int port = mesh.xdsPort().orElseThrow();
        mesh.controller().state().envoys().forEach(pod -> proxies.add(new ObedientProxy(port, pod.nodeId())));
        await().until(() -> mesh.controller().controlPlane().proxies().stream().allMatch(ProxyStatus::synced));
    }

    @AfterEach
    void tidy() throws IOException {
        proxies.forEach(ObedientProxy::close);
        if (Files.isDirectory(config.overlays())) {
            try (var files = Files.list(config.overlays())) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        await().until(() -> mesh.controller().state().files().stream()
                .noneMatch(f -> f.name().startsWith(config.overlays().toString())));
        await().until(() -> mesh.controller().controlPlane().proxies().stream().noneMatch(ProxyStatus::connected));
    }

    @Test
    void onOneMachineThereIsNoCluster() {
        when().get("/api/v1/status").then().statusCode(200).body("mode", equalTo("local"));
        when().get("/api/v1/kubernetes")
                .then()
                .statusCode(404)
                .body("detail", containsString("binnacle.mode=kubernetes"));
        when().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("kubernetes"));
    }

    @Test
    void applyReturnsWhenEveryEnvoyHasIt() {
        apply("given.yaml", TestMesh.service("catalog", 9090))
                .statusCode(200)
                .body("applied.size()", equalTo(1))
                .body("applied[0].kind", equalTo("Service"))
                .body("applied[0].namespace", equalTo("default"))
                .body("applied[0].name", equalTo("catalog"))
                .body("diagnostics.size()", equalTo(0))
                .body("proxies.proxy", hasItem(TestMesh.WEB))
                .body("proxies.state", everyItem(equalTo("acked")))
                .body("proxies[0]", not(hasKey("detail")));
    }

    @Test
    void deleteReturnsWhenEveryEnvoyHasIt() {
        change("delete", "given.yaml", TestMesh.service("catalog", 8080))
                .statusCode(200)
                .body("deleted.name", equalTo(List.of("catalog")))
                .body("proxies.state", everyItem(equalTo("acked")));
        change("delete", "given.yaml", TestMesh.service("catalog", 8080))
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("Service default/catalog"))
                .body("resources[0].name", equalTo("catalog"));
    }

    @Test
    void deleteTakesBackWhatWasAppliedAndSaysSo() {
        String given = TestMesh.service("catalog", 9090);
        apply("given.yaml", given).statusCode(200);

        change("delete", "given.yaml", given)
                .statusCode(200)
                .body("deleted.size()", equalTo(0))
                .body("restored.name", equalTo(List.of("catalog")))
                .body("restored[0].file", containsString("catalog.yaml"))
                .body("restored[0].line", greaterThan(0))
                .body("proxies.state", everyItem(equalTo("acked")));
        change("delete", "given.yaml", given)
                .statusCode(404)
                .body("detail", containsString("name that file"))
                .body("other[0].name", equalTo("catalog"));
    }

    @Test
    void invalidResourcesAreAProblemWithDiagnostics() {
        apply("given.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {prots: []}\n")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:binnacle:problem:invalid"))
                .body("title", equalTo("Invalid resources"))
                .body("status", equalTo(422))
                .body("diagnostics[0].code", startsWith("BNC-"))
                .body("diagnostics[0].severity", equalTo("ERROR"))
                .body("diagnostics[0].file", equalTo("given.yaml"))
                .body("diagnostics[0].line", equalTo(4))
                .body("diagnostics[0].resource.name", equalTo("x"));
        apply("given.yaml", "# nothing\n").statusCode(422).body("detail", containsString("no resource"));
    }

    @Test
    void aRefusalNamesResourceAndReasonAndTheProxyThatTriedItFirst() {
        proxies.forEach(p -> p.refuse(r -> r.getName().startsWith("outbound|9090|"), "not on my watch"));

        apply("given.yaml", TestMesh.service("catalog", 9090))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("reverted", equalTo(true))
                .body("proxies.state", hasItem("rejected"))
                .body("detail", allOf(containsString("catalog-v1-0.default"), containsString("not on my watch")))
                .body("proxies.detail", hasItem(containsString("outbound|9090||catalog.default.svc.cluster.local")));
        assertThat(config.overlays()).isEmptyDirectory();
    }

    @Test
    void aDryRunOnlyChecks() {
        given().contentType("application/json")
                .body(body("given.yaml", TestMesh.service("catalog", 9090)))
                .queryParam("dryRun", "true")
                .post("/api/v1/apply")
                .then()
                .statusCode(200)
                .body("applied.name", equalTo(List.of("catalog")));
        assertThat(mesh.controller().state().manifests().services())
                .noneMatch(s -> s.port(9090).isPresent());
    }

    @Test
    void everyErrorOfTheApiIsAProblemDocument() {
        problem(when().get("/api/v1/nothing").then(), 404);
        problem(when().get("/api/v1/apply").then(), 405);
        problem(
                given().contentType("text/plain")
                        .body("x")
                        .post("/api/v1/apply")
                        .then(),
                415);
        problem(
                given().contentType("application/json")
                        .body("{\"files\":")
                        .post("/api/v1/apply")
                        .then(),
                400);
        problem(
                        given().contentType("application/json")
                                .body("{\"files\":7}")
                                .post("/api/v1/apply")
                                .then(),
                        400)
                .body("detail", containsString("line 1"));
        problem(
                        given().contentType("application/json")
                                .body("{}")
                                .post("/api/v1/apply")
                                .then(),
                        400)
                .body("detail", containsString("files"));
        problem(
                given().contentType("application/json")
                        .body("{\"files\":[{}]}")
                        .post("/api/v1/apply")
                        .then(),
                400);
        problem(
                        given().contentType("application/json")
                                .body(body("x", ""))
                                .post("/api/v1/apply?timeout=soon")
                                .then(),
                        400)
                .body("detail", containsString("\"soon\""));
        problem(
                given().contentType("application/json")
                        .body(body("x", ""))
                        .post("/api/v1/apply?dryRun=perhaps")
                        .then(),
                400);
    }

    @Test
    void theProxiesAreShownWithTheirTypes() {
        when().get("/api/v1/mesh/proxies")
                .then()
                .statusCode(200)
                .body("proxy", hasItem(TestMesh.WEB))
                .body("nodeId", hasItem(startsWith("sidecar~127.16.16.")))
                .body("connected", everyItem(equalTo(true)))
                .body("synced", everyItem(equalTo(true)))
                .body("types.clusters.acked", everyItem(equalTo(true)))
                .body("[0].types.routes.version.length()", equalTo(16))
                .body("[0].types", allOf(hasKey("listeners"), hasKey("endpoints")));
    }

    @Test
    void theProxiesAreShownAsIstiodShowsThem() {
        when().get("/debug/syncz")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("proxy", hasItem(TestMesh.WEB))
                .body("proxy_type", everyItem(equalTo("sidecar")))
                .body("[0].resources.findAll { it.value.sent != it.value.acked }.size()", equalTo(0))
                .body(
                        "[0].resources['type.googleapis.com/envoy.config.cluster.v3.Cluster'].sentTime",
                        startsWith("20"));
    }

    @Test
    void theResourcesInForceAreAKubernetesList() {
        apply("given.yaml", TestMesh.service("catalog", 9090)).statusCode(200);

        when().get("/api/v1/mesh/resources?kind=Service")
                .then()
                .statusCode(200)
                .body("kind", equalTo("List"))
                .body("items.metadata.name", equalTo(List.of("catalog", "web")))
                .body("items[0].spec.ports[0].port", equalTo(9090));
        when().get("/api/v1/mesh/resources")
                .then()
                .body("items.kind", hasItem("Deployment"))
                .body("items.size()", equalTo(5));
    }

    @Test
    void theKeyOfWhoeverTakesSpansIsNotShown() {
        apply("mesh.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system, annotations: {last-applied: hush-hush}}
                data:
                  mesh: |
                    extensionProviders:
                    - name: spans
                      opentelemetry:
                        service: catalog.default.svc.cluster.local
                        port: 8080
                        grpc: {initialMetadata: [{name: x-key, value: hush-hush}]}
                """).statusCode(200);

        when().get("/api/v1/mesh/resources?kind=ConfigMap")
                .then()
                .statusCode(200)
                .body("items[0].data.mesh", containsString("name: x-key, value: [redacted]"))
                .body(not(containsString("hush-hush")));
    }

    @Test
    void prometheusFindsEveryPodOnceAndThePlatform() {
        List<List<String>> targets =
                when().get("/sd/prometheus").then().statusCode(200).extract().path("targets");
        var pods = targets.stream()
                .map(List::getFirst)
                .filter(t -> t.endsWith(":15020"))
                .toList();
        assertThat(pods).hasSize(mesh.controller().state().pods().size()).doesNotHaveDuplicates();

        List<Map<String, String>> labels =
                when().get("/sd/prometheus").then().extract().path("labels");
        assertThat(labels).extracting(l -> l.get("job")).contains("binnacle", "pilot", "prometheus", "istio-proxy");
        var seen = new HashSet<String>();
        for (int i = 0; i < targets.size(); i++) {
            assertThat(seen.add(targets.get(i) + labels.get(i).get("__metrics_path__")))
                    .isTrue();
        }
    }

    @Test
    void whatIsFoundCanBeScraped() {
        when().get("/metrics/pilot")
                .then()
                .statusCode(200)
                .header("Content-Type", allOf(startsWith("text/plain"), containsString("version=0.0.4")))
                .body(containsString("# TYPE pilot_xds gauge"))
                .body(containsString("pilot_services 2\n"))
                .body(containsString("pilot_xds_pushes{type=\"cds\"}"));
        apply("given.yaml", TestMesh.service("catalog", 9090)).statusCode(200);
        when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("binnacle_mesh_resources{kind=\"Service\"} 2.0"))
                .body(containsString("binnacle_mesh_diagnostics{severity=\"error\"} 0.0"))
                .body(containsString("binnacle_mesh_apply_seconds_count{change=\"apply\",outcome=\"done\"}"));
    }

    @Test
    void statusAndHealthTellThatItRuns() {
        when().get("/api/v1/status")
                .then()
                .statusCode(200)
                .body("version", startsWith("0."))
                .body("instance", equalTo("127.16.0.0"))
                .body("xdsPort", greaterThan(0))
                .body("pods", equalTo(3))
                .body("synced", equalTo(3));
        when().get("/q/health/ready").then().statusCode(200).body("checks.name", hasItem("mesh"));
        when().get("/q/health/live").then().statusCode(200).body("checks.name", hasItem("mesh-poll"));
        when().get("/api/v1/mesh/diagnostics").then().statusCode(200).body("diagnostics.size()", equalTo(0));
    }

    @Test
    void theApiDescribesItself() {
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("info.title", equalTo("Binnacle"))
                .body(
                        "paths",
                        allOf(hasKey("/api/v1/apply"), hasKey("/sd/prometheus"), hasKey("/api/v1/mesh/proxies")));
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("type", equalTo("about:blank"))
                .body("detail.length()", greaterThan(10))
                .body("title", oneOf("Bad Request", "Not Found", "Method Not Allowed", "Unsupported Media Type"));
    }

    private static ValidatableResponse apply(String file, String text) {
        return change("apply", file, text);
    }

    private static ValidatableResponse change(String what, String file, String text) {
        return given().contentType("application/json")
                .body(body(file, text))
                .post("/api/v1/" + what)
                .then();
    }

    private static Map<String, Object> body(String file, String text) {
        return Map.of("files", List.of(Map.of("name", file, "text", text)));
    }

    @Test
    void whoReachesLoopbackMayChangeTheMesh() {
        when().get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("roles", equalTo(List.of("viewer", "operator")))
                .body("login", equalTo("none"));
    }
}
