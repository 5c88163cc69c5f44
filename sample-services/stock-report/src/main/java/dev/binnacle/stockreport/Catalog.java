package dev.binnacle.stockreport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The shop's catalog, as others see it. */
record Catalog(URI url) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Returns how many pieces there are of each article.
     *
     * @throws IOException when the catalog does not answer, or not with articles
     */
    List<Integer> stock() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url.resolve("/api/catalog"))
                .timeout(PATIENCE)
                .build();
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(request.uri() + " answered " + answer.statusCode());
            }
            return stock(JSON.readTree(answer.body()));
        }
    }

    private static List<Integer> stock(JsonNode page) throws IOException {
        var stock = new ArrayList<Integer>();
        for (JsonNode item : page.path("items")) {
            stock.add(item.path("stock").asInt());
        }
        if (stock.isEmpty()) {
            throw new IOException("the catalog has no articles");
        }
        return stock;
    }
}
