package dev.binnacle.inventory;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The articles in the hold of the ship. Safe for use by several threads.
 *
 * <p>Taking the stock of an article below the reorder level brings a delivery that fills it up again, so a demonstration
 * that runs for days never sells out, while a single order can still ask for more than there is.
 */
final class Hold {
    private final int capacity;
    private final int reorderLevel;
    private final SortedMap<String, Integer> levels = new TreeMap<>();
    private final AtomicLong deliveries = new AtomicLong();

    /**
     * A hold with {@code capacity} pieces of each article.
     *
     * @throws IllegalArgumentException when the reorder level is not below the capacity, or negative
     */
    Hold(Collection<String> skus, int capacity, int reorderLevel) {
        if (reorderLevel < 0 || reorderLevel >= capacity) {
            throw new IllegalArgumentException("the reorder level must be from 0 to below the capacity of " + capacity
                    + " pieces, got " + reorderLevel);
        }
        this.capacity = capacity;
        this.reorderLevel = reorderLevel;
        skus.forEach(sku -> levels.put(sku, capacity));
    }

    /** Returns the level of one article; empty when there is no such article. */
    synchronized OptionalInt level(String sku) {
        var level = levels.get(sku);
        return level == null ? OptionalInt.empty() : OptionalInt.of(level);
    }

    /** Returns a copy of all levels by article, sorted. */
    synchronized Map<String, Integer> levels() {
        return Collections.unmodifiableMap(new TreeMap<>(levels));
    }

    /**
     * Takes {@code quantity} pieces and returns how many are left.
     *
     * @throws UnknownArticleException when there is no such article
     * @throws ShortageException when there are fewer; nothing is taken then
     */
    synchronized int take(String sku, int quantity) {
        int left = known(sku) - positive(quantity);
        if (left < 0) {
            throw new ShortageException(sku, quantity, known(sku));
        }
        if (left < reorderLevel) {
            deliveries.incrementAndGet();
            left = capacity;
        }
        levels.put(sku, left);
        return left;
    }

    /**
     * Puts {@code quantity} pieces back, as far as they fit, and returns how many there are then.
     *
     * @throws UnknownArticleException when there is no such article
     */
    synchronized int putBack(String sku, int quantity) {
        int now = (int) Math.min(capacity, (long) known(sku) + positive(quantity));
        levels.put(sku, now);
        return now;
    }

    /** Returns how many deliveries have come since the start. */
    long deliveries() {
        return deliveries.get();
    }

    private int known(String sku) {
        return level(sku).orElseThrow(() -> new UnknownArticleException(sku));
    }

    private static int positive(int quantity) {
        if (quantity < 1) {
            throw new IllegalArgumentException("the quantity must be 1 or more, got " + quantity);
        }
        return quantity;
    }

    /** There is no article with this SKU. */
    static final class UnknownArticleException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownArticleException(String sku) {
            super("there is no article " + sku);
        }
    }

    /** Fewer pieces are left than were wanted. */
    static final class ShortageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ShortageException(String sku, int wanted, int left) {
            super("wanted " + wanted + " of " + sku + ", but only " + left + " are left");
        }
    }
}
