package dev.binnacle.local.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.local.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Asks the app which sidecars have acknowledged everything. */
final class AppClient {
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final HttpClient client;
    private final URI proxies;

    AppClient(HttpClient client, String appUrl) {
        this.client = client;
        this.proxies = URI.create(appUrl + "/api/v1/mesh/proxies");
    }

    /** Returns the ids of the pods whose sidecars are in step; none while the app does not answer. */
    Set<String> syncedPods() throws InterruptedException {
        var request = HttpRequest.newBuilder(proxies).timeout(LIMIT).build();
        var synced = new TreeSet<String>();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                for (JsonNode proxy : Json.MAPPER.readTree(response.body())) {
                    if (proxy.path("synced").asBoolean()) {
                        synced.add(proxy.path("proxy").asText());
                    }
                }
            }
            return synced;
        } catch (IOException e) {
            return synced;
        }
    }
}
