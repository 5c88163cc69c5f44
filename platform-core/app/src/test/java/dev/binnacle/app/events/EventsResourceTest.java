package dev.binnacle.app.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import dev.binnacle.app.AppInstance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class EventsResourceTest {
    @TestHTTPResource("/api/v1/events")
    URI url;

    @Inject
    Events events;

    @Test
    void theFirstTickComesAtOnceAndTheRestAsItHappens() throws IOException {
        try (var viewer = new Socket(url.getHost(), url.getPort())) {
            var lines = ask(viewer);
            assertThat(until(lines, "data:"))
                    .anyMatch(line -> line.startsWith("HTTP/1.1 200"))
                    .anyMatch(line -> line.toLowerCase().startsWith("content-type: text/event-stream"))
                    .contains("event:tick", "retry:2000")
                    .last()
                    .asString()
                    .matches("data:\\{\"at\":\"20[0-9-]+T[0-9:]+[05]Z\",\"revision\":[0-9]{13}}");
            await().until(() -> events.viewers() > 0);

            events.publish("changes", Map.of("id", "7"));
            events.heartbeat();

            assertThat(until(lines, "data:{\"id\"")).contains("event:changes", "data:{\"id\":\"7\"}");
            assertThat(until(lines, ":")).contains(":still here");
        }
        await().until(() -> {
            events.heartbeat();
            return events.viewers() == 0;
        });
    }

    @Test
    void whoDoesNotReadIsCutOff() throws IOException {
        try (var viewer = new Socket(url.getHost(), url.getPort())) {
            var lines = ask(viewer);
            until(lines, "event:tick");
            await().until(() -> events.viewers() == 1);

            var much = Map.of("text", "x".repeat(1 << 20));
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> {
                        events.publish("changes", much);
                        return events.viewers() == 0;
                    });
            viewer.setSoTimeout(10_000);
            assertThat(ended(lines)).isTrue();
        }
    }

    @Test
    void moreViewersThanThereMayBeAreRefused() {
        var all = new ArrayList<Cancellable>();
        try {
            for (var place = events.look(() -> Event.HEARTBEAT);
                    place.isPresent();
                    place = events.look(() -> Event.HEARTBEAT)) {
                all.add(place.get().subscribe().with(event -> {}));
            }
            given().accept("text/event-stream")
                    .get("/api/v1/events")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("detail", containsString("There are 100 viewers already"));
        } finally {
            all.forEach(Cancellable::cancel);
        }
    }

    private BufferedReader ask(Socket viewer) throws IOException {
        viewer.getOutputStream()
                .write(("GET " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                                + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return new BufferedReader(new InputStreamReader(viewer.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns the lines up to the one that begins like this. */
    private static List<String> until(BufferedReader lines, String beginning) throws IOException {
        var seen = new ArrayList<String>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            seen.add(line);
            if (line.startsWith(beginning)) {
                return seen;
            }
        }
        throw new AssertionError("it ended after " + seen);
    }

    private static boolean ended(BufferedReader lines) throws IOException {
        try {
            while (lines.read() >= 0) {
                // What was on its way.
            }
            return true;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }
}
