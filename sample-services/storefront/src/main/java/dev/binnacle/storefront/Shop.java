package dev.binnacle.storefront;

import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** What a customer can do, in terms of the services behind the shop. All calls block and have time limits. */
@Singleton
class Shop {
    private static final Logger LOG = Logger.getLogger(Shop.class);

    private final CatalogClient catalog;
    private final OrdersClient orders;
    private final ShopMetrics metrics;

    Shop(@RestClient CatalogClient catalog, @RestClient OrdersClient orders, ShopMetrics metrics) {
        this.catalog = catalog;
        this.orders = orders;
        this.metrics = metrics;
    }

    /** Returns all articles. */
    CatalogPage catalog() {
        var page = Upstream.call("catalog", catalog::all);
        metrics.catalogAnswered(page.version());
        return page;
    }

    /** Returns one article. */
    Item article(String sku) {
        return Upstream.call("catalog", () -> catalog.one(sku));
    }

    /** Returns the latest orders, newest first. */
    List<Order> orders() {
        return Upstream.call("orders", orders::latest);
    }

    /** Places an order and returns it; when it comes to nothing, the pieces go back into the stock. */
    Order order(Basket basket) {
        try {
            var taking = take(basket);
            var order = place(taking);
            metrics.ordered("placed");
            return order;
        } catch (UpstreamException e) {
            metrics.ordered(e.status().getStatusCode() < 500 ? "refused" : "failed");
            throw e;
        }
    }

    private Taking take(Basket basket) {
        var sku = String.valueOf(basket.sku());
        var taking = Upstream.call("catalog", () -> catalog.take(sku, new Quantity(basket.quantity())));
        metrics.catalogAnswered(taking.version());
        return taking;
    }

    private Order place(Taking taking) {
        try {
            var order = new NewOrder(taking.sku(), taking.quantity(), taking.unitCents());
            return Upstream.call("orders", () -> orders.place(order));
        } catch (UpstreamException e) {
            putBack(taking);
            throw e;
        }
    }

    private void putBack(Taking taking) {
        try {
            Upstream.call("catalog", () -> {
                catalog.putBack(taking.sku(), new Quantity(taking.quantity()));
                return taking;
            });
        } catch (UpstreamException e) {
            // The customer is told about the order; that a shelf is short of some pieces is for us to know.
            LOG.warnf(
                    "pieces not put back sku=%s quantity=%d reason=%s",
                    taking.sku(), taking.quantity(), e.getMessage());
        }
    }
}
