package dev.binnacle.storefront;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The catalog. Carries the caller's trace headers and user group on. */
@RegisterRestClient(configKey = "catalog")
@RegisterClientHeaders
@Path("/api/catalog")
interface CatalogClient {
    /** Returns all articles. */
    @GET
    CatalogPage all();

    /** Returns one article. */
    @GET
    @Path("{sku}")
    Item one(String sku);

    /** Sets pieces aside. */
    @POST
    @Path("{sku}/takings")
    Taking take(String sku, Quantity quantity);

    /** Gives back what was set aside. */
    @POST
    @Path("{sku}/returns")
    void putBack(String sku, Quantity quantity);
}
