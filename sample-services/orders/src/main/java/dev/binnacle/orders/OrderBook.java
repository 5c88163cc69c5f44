package dev.binnacle.orders;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The latest orders, in memory. Safe for use by several threads. */
final class OrderBook {
    private final int most;
    private final Map<String, Order> orders = new LinkedHashMap<>();

    /** A book that keeps the latest {@code most} orders. */
    OrderBook(int most) {
        this.most = most;
    }

    /** Adds an order, or puts a new state of it in the place of the old one. */
    synchronized void put(Order order) {
        orders.put(order.id(), order);
        if (orders.size() > most) {
            orders.remove(orders.keySet().iterator().next());
        }
    }

    /** Notes that the ledger has the order, if it is still among the latest. */
    synchronized void recorded(String id) {
        orders.computeIfPresent(id, (key, order) -> order.asRecorded());
    }

    /** Returns the order with this id, if it is among the latest. */
    synchronized Optional<Order> find(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    /** Returns up to {@code count} orders, newest first. */
    synchronized List<Order> latest(int count) {
        var all = List.copyOf(orders.values());
        return all.subList(Math.max(0, all.size() - count), all.size()).reversed();
    }
}
