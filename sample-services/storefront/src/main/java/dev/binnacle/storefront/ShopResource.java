package dev.binnacle.storefront;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON API that the page uses, and everybody else. */
@Path("/api")
@RunOnVirtualThread
class ShopResource {
    static final String CATALOG_VERSION = "x-catalog-version";

    private final Shop shop;

    ShopResource(Shop shop) {
        this.shop = shop;
    }

    /** Returns all articles; body and header say which catalog answered. */
    @GET
    @Path("catalog")
    public Response catalog() {
        var page = shop.catalog();
        return Response.ok(page).header(CATALOG_VERSION, page.version()).build();
    }

    /** Returns one article. */
    @GET
    @Path("catalog/{sku}")
    public Item article(String sku) {
        return shop.article(sku);
    }

    /** Returns the latest orders, newest first. */
    @GET
    @Path("orders")
    public List<Order> orders() {
        return shop.orders();
    }

    /** Places an order. */
    @POST
    @Path("orders")
    public Response order(@Nullable Basket basket) {
        if (basket == null) {
            throw new BadRequestException("an order looks like {\"sku\":\"rope\",\"quantity\":1}");
        }
        return Response.status(Response.Status.CREATED)
                .entity(shop.order(basket))
                .build();
    }
}
