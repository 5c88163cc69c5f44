package dev.binnacle.orders;

import static jakarta.ws.rs.core.Response.Status.SERVICE_UNAVAILABLE;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Takes an order: has it paid, booked and remembered. */
@Singleton
class Desk {
    private static final String CURRENCY = "EUR";

    private final PaymentsClient payments;
    private final Bookkeeper bookkeeper;
    private final OrderBook book;
    private final Clock clock;

    Desk(@RestClient PaymentsClient payments, Bookkeeper bookkeeper, OrderBook book, Clock clock) {
        this.payments = payments;
        this.bookkeeper = bookkeeper;
        this.book = book;
        this.clock = clock;
    }

    /**
     * Places an order and returns it. {@code trace} goes into the ledger with it.
     *
     * @throws UpstreamException when it was not paid; nothing is left behind then
     */
    Order place(NewOrder wanted, String trace) {
        if (bookkeeper.isFull()) {
            throw new UpstreamException(SERVICE_UNAVAILABLE, "the ledger is too far behind to take more orders");
        }
        var id = "o-" + UUID.randomUUID();
        var payment = Upstream.call("payments", () -> payments.pay(new PaymentsClient.Charge(id, wanted.totalCents())));
        var order = order(id, wanted, payment);
        book.put(order);
        if (!bookkeeper.book(new LedgerClient.Booking(id, order.totalCents(), trace))) {
            return order;
        }
        book.recorded(id);
        return order.asRecorded();
    }

    private Order order(String id, NewOrder wanted, PaymentsClient.Payment payment) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var sku = String.valueOf(wanted.sku());
        return new Order(id, sku, wanted.quantity(), wanted.totalCents(), CURRENCY, payment.id(), false, now);
    }
}
