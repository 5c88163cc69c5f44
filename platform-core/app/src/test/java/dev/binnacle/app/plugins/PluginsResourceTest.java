package dev.binnacle.app.plugins;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import dev.binnacle.app.BuildFolder;
import dev.binnacle.plugins.PluginZip;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PluginsResourceTest.PluginFolder.class)
class PluginsResourceTest {

    /** Gives the application a folder with one good plugin and one broken file. */
    public static final class PluginFolder implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            try {
                Path folder = BuildFolder.fresh("app plugins");
                PluginZip.withCollector("good", """
                                context.serve(out -> out.append("seen 1\\n"));
                                return List.of(SEEN.sample(Labels.EMPTY, 1, at));""").writeTo(folder);
                Files.writeString(folder.resolve("broken.zip"), "not a zip");
                return Map.of("binnacle.plugins.directory", folder.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            // The application may still read the folder; the next run or build replaces it.
        }
    }

    @Test
    void everyExtensionIsListedWithItsStateAndReason() {
        given().when()
                .post("/api/v1/plugins/reload")
                .then()
                .statusCode(200)
                .body("id", equalTo(List.of("broken", "collector-good")))
                .body("[0].kind", equalTo("plugin"))
                .body("[0].status", equalTo("Failed"))
                .body("[0].reason", containsString("the zip cannot be unpacked"))
                .body("[1].kind", equalTo("collector"))
                .body("[1].plugin", equalTo("good"))
                .body("[1].version", equalTo("1.0.0"))
                .body("[1].status", equalTo("OK"))
                .body("[1].stability", equalTo("beta"))
                .body("[1].reason", equalTo(""));
        when().get("/api/v1/plugins").then().statusCode(200).body("size()", equalTo(2));
    }

    @Test
    void anExtensionsPageIsServedAndFoundByPrometheus() {
        await().untilAsserted(() -> when().get("/plugins/collector-good/metrics")
                .then()
                .statusCode(200)
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .body(equalTo("seen 1\n")));
        when().get("/sd/prometheus").then().body("labels.__metrics_path__", hasItem("/plugins/collector-good/metrics"));
    }

    @Test
    void anExtensionWithoutAPageIsNotFound() {
        when().get("/plugins/collector-none/metrics")
                .then()
                .statusCode(404)
                .body(equalTo("collector-none serves no page\n"));
    }

    @Test
    void statesAndAccountsAreMetrics() {
        when().post("/api/v1/plugins/reload").then().statusCode(200);

        await().untilAsserted(() -> when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString(
                        "binnacle_extension_status{extension=\"collector-good\",plugin=\"good\",status=\"OK\"} 1.0"))
                .body(containsString(
                        "binnacle_extension_status{extension=\"broken\",plugin=\"broken\",status=\"Failed\"} 1.0"))
                .body(containsString("binnacle_plugin_restarts_total{plugin=\"good\"} 0.0"))
                .body(containsString("binnacle_plugin_old_class_loaders "))
                .body(matchesPattern("(?s).*binnacle_collector_runs_total\\{collector=\"collector-good\"\\} [1-9].*")));
    }

    @Test
    void oneUnknownPluginOrGeneratorIsAProblemDocument() {
        when().post("/api/v1/plugins/nobody/reload")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("No plugin is called nobody"));
        when().post("/api/v1/plugins/generator-nothing/generate")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("No generator called generator-nothing runs"));
    }

    @Test
    void onePluginReloadsAlone() {
        when().post("/api/v1/plugins/good/reload").then().statusCode(200).body("size()", equalTo(2));
    }

    @Test
    void pluginsAreInstalledConfiguredAndRemovedWhileOthersRun() throws IOException {
        Path folder = BuildFolder.fresh("app plugin upload");
        Path zip = PluginZip.withCollector("late", "return List.of();").writeTo(folder);
        given().contentType("application/zip")
                .body(Files.readAllBytes(zip))
                .put("/api/v1/plugins")
                .then()
                .statusCode(200)
                .body("plugin", equalTo("late"))
                .body("extensions", equalTo(List.of("collector-late")));
        given().contentType("application/json")
                .body(Map.of("value", "many", "valeu", "1"))
                .put("/api/v1/plugins/collector-late/settings")
                .then()
                .statusCode(422)
                .body("problems.key", equalTo(List.of("valeu", "value")));
        given().contentType("application/json")
                .body(Map.of("value", "8"))
                .put("/api/v1/plugins/collector-late/settings")
                .then()
                .statusCode(200)
                .body("[0].status", equalTo("OK"));
        given().contentType("application/json")
                .body(Map.of())
                .put("/api/v1/plugins/collector-late/settings")
                .then()
                .statusCode(200)
                .body("[0].status", equalTo("OK"));
        when().delete("/api/v1/plugins/late").then().statusCode(200).body("plugin", equalTo("late"));
        when().delete("/api/v1/plugins/late").then().statusCode(404);
        when().get("/api/v1/plugins").then().body("id", equalTo(List.of("broken", "collector-good")));
        when().get("/api/v1/plugins/leaks").then().statusCode(200).body("size()", equalTo(0));
    }

    @Test
    void settingsAreShownWithoutTheirSecretsAndChangedOneByOne() throws IOException {
        Path zip = PluginZip.withCollector(
                        "shown",
                        "context.log()" + ".log(System.Logger.Level.INFO, \"looked <b>here</b>\"); return List.of();")
                .writeTo(BuildFolder.fresh("app plugin settings"));
        given().contentType("application/zip")
                .body(Files.readAllBytes(zip))
                .put("/api/v1/plugins")
                .then()
                .statusCode(200);
        String settings = "/api/v1/plugins/collector-shown/settings";
        when().get(settings)
                .then()
                .body("name", equalTo(List.of("value", "tokens")))
                .body("value", equalTo(Arrays.asList("7", null)))
                .body("origin", equalTo(List.of("default", "default")))
                .body("secret", equalTo(List.of(false, true)));

        change(settings, "{\"tokens\":\"hunter2\",\"value\":\"8\"}").statusCode(200);
        change(settings, "{\"value\":\"9\"}").statusCode(200);
        change(settings, "{\"value\":\"nine\"}").statusCode(422);
        when().get(settings)
                .then()
                .body("value", equalTo(Arrays.asList("9", null)))
                .body("origin", equalTo(List.of("api", "api")));
        change(settings, "{\"value\":null}").statusCode(200);
        when().get(settings).then().body("value[0]", equalTo("7")).body("origin", equalTo(List.of("default", "api")));

        await().untilAsserted(() -> when().get("/api/v1/plugins/collector-shown/log")
                .then()
                .statusCode(200)
                .body("text", hasItem("looked <b>here</b>")));
        when().get("/api/v1/plugins/collector-nobody/log").then().statusCode(404);
        when().get("/api/v1/plugins/collector-nobody/settings").then().statusCode(404);
        when().delete("/api/v1/plugins/shown").then().statusCode(200);
    }

    private static ValidatableResponse change(String settings, String json) {
        return given().contentType("application/json")
                .body(json)
                .patch(settings)
                .then();
    }

    @Test
    void aPluginThatWouldNotLoadIsRefusedWithEveryReason() throws IOException {
        Path folder = BuildFolder.fresh("app plugin refused");
        Path zip = PluginZip.withCollector("good", "System.exit(1); return null;")
                .property("plugin.requires", ">=9.0.0")
                .writeTo(folder);
        given().contentType("application/zip")
                .body(Files.readAllBytes(zip))
                .put("/api/v1/plugins")
                .then()
                .statusCode(422)
                .body("reasons.size()", equalTo(2));
        given().contentType("text/plain")
                .body("x")
                .put("/api/v1/plugins")
                .then()
                .statusCode(415);
        given().contentType("application/zip")
                .header("Host", "rebound.example.com:8080")
                .body(Files.readAllBytes(zip))
                .put("/api/v1/plugins")
                .then()
                .statusCode(421);
        when().get("/api/v1/plugins").then().body("[1].status", equalTo("OK"));
    }

    @Test
    void anExtensionShowsWhatItWantsAndTheSchemaOfItsSettings() {
        when().get("/api/v1/plugins/collector-good")
                .then()
                .statusCode(200)
                .body("summary", equalTo("Test"))
                .body("capabilities.hosts", equalTo(List.of()))
                .body("schema.properties.value.type", equalTo("integer"))
                .body("schema.properties.value.default", equalTo(7))
                .body("schema.additionalProperties", equalTo(false));
        when().get("/api/v1/plugins/collector-none").then().statusCode(404);
    }
}
