package dev.binnacle.catalog;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The catalog's JSON API. */
@Path("/api/catalog")
@RunOnVirtualThread
class CatalogResource {
    private final Edition edition;
    private final InventoryClient inventory;
    private final CatalogMetrics metrics;

    CatalogResource(CatalogConfig config, InventoryClient inventory, CatalogMetrics metrics) {
        this.edition = config.version();
        this.inventory = inventory;
        this.metrics = metrics;
    }

    /** Returns all articles. */
    @GET
    public CatalogPage all() {
        return new CatalogPage(edition, items(Assortment.ARTICLES));
    }

    /** Returns one article. */
    @GET
    @Path("{sku}")
    public Item one(String sku) {
        return items(List.of(known(sku))).getFirst();
    }

    /** Takes pieces out of the stock and answers with their price; 409 when there are not enough. */
    @POST
    @Path("{sku}/takings")
    public Response take(String sku, Quantity wanted) {
        var article = known(sku);
        int remaining = inventory.take(sku, wanted.quantity());
        var taking = new Taking(edition, sku, wanted.quantity(), article.priceCents(), remaining);
        return Response.status(Response.Status.CREATED).entity(taking).build();
    }

    /** Puts back pieces that were taken for an order that came to nothing. */
    @POST
    @Path("{sku}/returns")
    public void putBack(String sku, Quantity returned) {
        inventory.putBack(known(sku).sku(), returned.quantity());
    }

    private List<Item> items(List<Article> articles) {
        var stock = inventory.stock(articles.stream().map(Article::sku).toList());
        articles.forEach(metrics::viewed);
        return articles.stream()
                .map(a -> Item.of(a, stock.getOrDefault(a.sku(), 0), edition))
                .toList();
    }

    private static Article known(String sku) {
        return Assortment.article(sku).orElseThrow(() -> new NotFoundException("there is no article " + sku));
    }
}
