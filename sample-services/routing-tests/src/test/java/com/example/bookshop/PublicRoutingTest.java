package com.example.bookshop;

import dev.binnacle.testkit.Mesh;
import dev.binnacle.testkit.MeshTest;
import dev.binnacle.testkit.WithEnvoy;
import org.junit.jupiter.api.Test;

/** From outside, through the gateway. */
@MeshTest(
        value = {"k8s", "istio"},
        services = "images.media:8080")
class PublicRoutingTest {
    @Test
    void onlyPostsReachTheCheckout(Mesh mesh) {
        mesh.request("POST", "http://books.example.com/api/checkout")
                .through("public")
                .goesTo("checkout");
        mesh.get("http://books.example.com/api/checkout").through("public").isAnswered(404);
    }

    @Test
    void readersGetTheStableCatalog(Mesh mesh) {
        mesh.get("http://books.example.com/api/books/7")
                .header("user", "beta")
                .through("public")
                .goesTo("catalog", "v1")
                .arrivesAt("/books/7");
    }

    @Test
    @WithEnvoy
    void nobodyOutsideSaysWhoIsInside(Mesh mesh) {
        mesh.get("http://books.example.com/api/books")
                .header("x-internal-user", "root")
                .through("public")
                .arrivesWithoutHeader("x-internal-user");
    }

    @Test
    void theOldAddressLeadsToTheNewOne(Mesh mesh) {
        mesh.get("http://old-books.example.com/api/books/7?page=2")
                .through("public")
                .isAnswered(308)
                .redirectsTo("http://books.example.com/api/books/7?page=2");
    }
}
