package dev.binnacle.orders;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The orders' JSON API. */
@Path("/api/orders")
@RunOnVirtualThread
class OrdersResource {
    private static final int SHOWN = 50;

    private final Desk desk;
    private final OrderBook book;
    private final OrderMetrics metrics;

    OrdersResource(Desk desk, OrderBook book, OrderMetrics metrics) {
        this.desk = desk;
        this.book = book;
        this.metrics = metrics;
    }

    /** Returns the latest orders, newest first. */
    @GET
    public List<Order> latest() {
        return book.latest(SHOWN);
    }

    /** Returns one order. */
    @GET
    @Path("{id}")
    public Order one(String id) {
        return book.find(id).orElseThrow(() -> new NotFoundException("there is no order " + id + " among the latest"));
    }

    /** Places an order; 201 means that it is paid. */
    @POST
    public Response place(@Nullable NewOrder order, @HeaderParam("traceparent") @Nullable String traceparent) {
        if (order == null) {
            throw new BadRequestException("an order looks like {\"sku\":\"rope\",\"quantity\":1,\"unitCents\":3400}");
        }
        var placed = metrics.counted(() -> desk.place(order, TraceParent.orNone(traceparent)));
        metrics.sold(order);
        return Response.status(Response.Status.CREATED).entity(placed).build();
    }
}
