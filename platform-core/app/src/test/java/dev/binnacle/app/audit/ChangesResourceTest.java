package dev.binnacle.app.audit;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.binnacle.app.AppInstance;
import dev.binnacle.app.config.MeshConfig;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.mesh.TestMesh;
import dev.binnacle.xds.ObedientProxy;
import dev.binnacle.xds.ProxyStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class ChangesResourceTest {
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

    private static ValidatableResponse change(String what, String text) {
        return given().contentType("application/json")
                .body(Map.of("files", List.of(Map.of("name", "given.yaml", "text", text))))
                .post("/api/v1/" + what)
                .then();
    }

    private static long apply(String text) {
        return change("apply", text).statusCode(200).extract().jsonPath().getLong("change.id");
    }

    private static ValidatableResponse undo(long id) {
        return given().contentType("application/json")
                .post("/api/v1/changes/" + id + "/undo")
                .then();
    }

    private static JsonPath newest() {
        return when().get("/api/v1/changes?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private List<Integer> ports() {
        return mesh.controller().state().manifests().services().stream()
                .filter(service -> service.ref().name().equals("catalog"))
                .flatMap(service -> service.ports().stream())
                .map(port -> port.number())
                .toList();
    }

    @Test
    void aChangeIsWrittenDownAndTakenBack() {
        long id = apply(TestMesh.service("catalog", 9090));

        when().get("/api/v1/changes?limit=1")
                .then()
                .body("changes[0].id", equalTo((int) id))
                .body("changes[0].kind", equalTo("apply"))
                .body("changes[0].outcome", equalTo("done"))
                .body("changes[0].resources[0].name", equalTo("catalog"))
                .body("changes[0].before", containsString("port: 8080"))
                .body("changes[0].after", containsString("port: 9090"))
                .body("changes[0].undoable", equalTo(true))
                .body("changes[0].undoneBy", nullValue())
                .body("gaps.size()", equalTo(0));
        var undone = undo(id).statusCode(200)
                .body("restored.name", equalTo(List.of("catalog")))
                .body("proxies.state", hasItem("acked"))
                .extract()
                .jsonPath();
        assertThat(ports()).containsExactly(8080);
        assertThat(newest().getLong("changes[0].undoes")).isEqualTo(id);
        when().get("/api/v1/changes?limit=2")
                .then()
                .body("changes[1].undoneBy", equalTo(undone.getInt("change.id")))
                .body("changes[1].undoable", equalTo(false));
        undo(id).statusCode(409).body("detail", containsString("taken back by"));

        undo(undone.getLong("change.id")).statusCode(200);
        assertThat(ports()).containsExactly(9090);
        assertThat(config.overlays().toFile().list()).hasSize(1);
    }

    @Test
    void onlyThatChangeIsTakenBack() {
        long first = apply(TestMesh.service("catalog", 9090) + """
                ---
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: extra}
                spec: {host: catalog, trafficPolicy: {loadBalancer: {simple: RANDOM}}}
                """);
        long other = apply(TestMesh.service("web", 8181));
        long second = apply(TestMesh.service("catalog", 9191));

        undo(first).statusCode(409).body("change", equalTo((int) second));
        assertThat(ports()).containsExactly(9191);
        undo(second).statusCode(200);
        assertThat(ports()).containsExactly(9090);
        // What was there before the first change is there again: what the manifests say, and nothing.
        undo(first).statusCode(200).body("deleted.name", equalTo(List.of("extra")));
        assertThat(ports()).containsExactly(8080);
        assertThat(mesh.controller().state().manifests().destinationRules()).isEmpty();
        undo(other).statusCode(200);
    }

    @Test
    void whatTheManifestsHoldIsTakenAwayAndComesBack() {
        long deleted = change("delete", TestMesh.service("catalog", 8080))
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("change.id");
        long applied = apply(TestMesh.service("catalog", 9090));
        undo(applied).statusCode(200).body("deleted.name", equalTo(List.of("catalog")));
        assertThat(ports()).isEmpty();
        undo(deleted).statusCode(200);
        assertThat(ports()).containsExactly(8080);
    }

    @Test
    void whatIsRefusedOrTakenBackIsWrittenDownToo() {
        change("apply", "kind: [").statusCode(422);
        assertThat(newest().getString("changes[0].outcome")).isEqualTo("refused");
        change("delete", TestMesh.service("nobody", 1)).statusCode(404);
        assertThat(newest().getString("changes[0].words")).contains("Not deleted", "nobody");
        proxies.forEach(p -> p.refuse(r -> r.getName().startsWith("outbound|9090|"), "no"));
        change("apply", TestMesh.service("catalog", 9090)).statusCode(409);
        var reverted = newest();
        assertThat(reverted.getString("changes[0].outcome")).isEqualTo("reverted");
        assertThat(reverted.getString("changes[0].after")).contains("9090");
        undo(reverted.getLong("changes[0].id")).statusCode(409).body("detail", containsString("did not change"));
        undo(1_000_000).statusCode(404);
        when().get("/api/v1/changes?limit=0").then().statusCode(400);
    }

    @Test
    void aDryRunIsNoChange() {
        long before = newest().getList("changes").isEmpty() ? 0 : newest().getLong("changes[0].id");
        given().contentType("application/json")
                .body(Map.of("files", List.of(Map.of("name", "x", "text", TestMesh.service("catalog", 9090)))))
                .post("/api/v1/apply?dryRun=true")
                .then()
                .statusCode(200)
                .body("change", nullValue());
        assertThat(newest().getList("changes").isEmpty() ? 0 : newest().getLong("changes[0].id"))
                .isEqualTo(before);
    }

    @Test
    void secretsAreNotInTheLogAndNotBroughtBackFromIt() throws IOException {
        long id = apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                stringData: {some: hush-hush}
                """);
        assertThat(when().get("/api/v1/changes").asString()).contains("keys").doesNotContain("hush-hush");
        undo(id).statusCode(409).body("detail", containsString("secrets"));
    }

    @Test
    void whatOthersWriteIntoTheFilesIsWrittenDown() throws IOException {
        Path file = config.manifests().getFirst().resolve("catalog.yaml");
        String before = Files.readString(file);
        try {
            Files.writeString(file, before.replaceFirst("port: 8080", "port: 8282"));
            await().untilAsserted(() ->
                    assertThat(newest().getString("changes[0].kind")).isEqualTo("manifests"));
            assertThat(newest().getString("changes[0].after")).contains("8282");
            assertThat(newest().getBoolean("changes[0].undoable")).isFalse();
        } finally {
            Files.writeString(file, before);
            await().untilAsserted(() ->
                    assertThat(newest().getString("changes[0].after")).contains("port: 8080"));
        }
    }
}
