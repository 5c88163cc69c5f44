package dev.binnacle.app.console;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.app.AppInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class ConsolePagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/overview",
                "/topology?window=1h",
                "/services",
                "/services/default/catalog",
                "/traffic/default/catalog",
                "/slos",
                "/metrics",
                "/plugins",
                "/configuration"
            })
    void everyAddressOfTheConsoleIsItsPage(String address) {
        when().get(address)
                .then()
                .statusCode(200)
                .contentType(startsWith("text/html"))
                .header("Cache-Control", equalTo("no-cache"))
                .body(containsString("<div id=\"root\">"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere", "/services/a/b/c", "/assets/none.js", "/overview/x", "/api/v1/nothing"})
    void whatIsNoPageIsNotFound(String address) {
        when().get(address).then().statusCode(404);
    }

    @Test
    void assetsAreKeptForEverAndCompressed() {
        String page = when().get("/").asString();
        var script = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"").matcher(page);
        assertThat(script.find()).isTrue();

        given().header("Accept-Encoding", "gzip")
                .get(script.group(1))
                .then()
                .statusCode(200)
                .header("Content-Encoding", equalTo("gzip"))
                .header("Cache-Control", equalTo("public, max-age=31536000, immutable"));
    }

    @Test
    void thePageHoldsNeitherScriptNorStyleOfItsOwn() {
        String page = when().get("/").asString();

        assertThat(Pattern.compile("<script(?![^>]*\\bsrc=)|<style|\\sstyle=|\\son\\w+=")
                        .matcher(page)
                        .find())
                .isFalse();
    }

    @Test
    void whoseCodeIsInItIsSaid() {
        when().get("/third-party-notices.txt")
                .then()
                .statusCode(200)
                .body(containsString("react-dom 19."))
                .body(containsString("elkjs "));
    }

    @Test
    void theApisAndPagesOfPluginsAreWhatTheyWere() {
        when().get("/api/v1/status").then().statusCode(200).body("mode", equalTo("local"));
        when().get("/plugins/nobody/metrics").then().statusCode(404).body(not(containsString("<html")));
        given().post("/overview").then().statusCode(not(equalTo(200)));
    }
}
