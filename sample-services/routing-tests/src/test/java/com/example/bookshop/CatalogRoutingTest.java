package com.example.bookshop;

import dev.binnacle.testkit.Mesh;
import dev.binnacle.testkit.MeshTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Inside of the mesh. The storefront and the image service belong to other teams, so they are only named here. */
@MeshTest(
        value = {"k8s", "istio"},
        callers = "storefront.web",
        services = "images.media:8080")
class CatalogRoutingTest {
    @Test
    void betaUsersGetTheNewCatalog(Mesh mesh) {
        mesh.request("GET", "/books")
                .to("catalog.bookshop")
                .header("user", "beta")
                .from("storefront")
                .goesTo("catalog", "v2")
                .hasTimeout(Duration.ofSeconds(2))
                .hasRetries(3)
                .retriesOn("5xx");
    }

    @Test
    void oneReaderInTenGetsItToo(Mesh mesh) {
        mesh.get("http://catalog.bookshop/books/7").from("storefront").splits("catalog", Map.of("v1", 90, "v2", 10));
    }

    @Test
    void coversComeFromTheImageService(Mesh mesh) {
        mesh.get("http://catalog.bookshop/covers/7.png")
                .from("storefront")
                .goesTo("images.media")
                .onPort(8080)
                .arrivesAt("/books/7.png");
    }
}
