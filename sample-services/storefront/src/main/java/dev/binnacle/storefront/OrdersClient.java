package dev.binnacle.storefront;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The orders service. Carries the caller's trace headers on. */
@RegisterRestClient(configKey = "orders")
@RegisterClientHeaders
@Path("/api/orders")
interface OrdersClient {
    /** Returns the latest orders, newest first. */
    @GET
    List<Order> latest();

    /** Places an order: it is paid and recorded when this returns. */
    @POST
    Order place(NewOrder order);
}
