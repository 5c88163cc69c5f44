package dev.binnacle.orders;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Sees to it that each paid order gets into the ledger.
 *
 * <p>An order is paid before it is booked, so a ledger that is away must not lose it: what could not be booked waits, in
 * order, and is tried again until it is. The ledger takes a booking only once, so trying again is safe.
 */
final class Bookkeeper implements Closeable {
    private static final Logger LOG = Logger.getLogger(Bookkeeper.class);

    private final LedgerClient ledger;
    private final Consumer<String> recorded;
    private final Duration pause;
    private final MeterRegistry meters;
    private final int mostWaiting;
    private final Queue<LedgerClient.Booking> waiting = new ConcurrentLinkedQueue<>();
    private final Thread thread;

    /**
     * A bookkeeper at work.
     *
     * @param recorded told the reference of each booking that had to wait and is in the ledger now
     * @param mostWaiting waiting bookings from which on the bookkeeper {@link #isFull}
     * @param pause between two attempts while the ledger does not answer
     */
    Bookkeeper(LedgerClient ledger, Consumer<String> recorded, int mostWaiting, Duration pause, MeterRegistry meters) {
        this.ledger = ledger;
        this.recorded = recorded;
        this.pause = pause;
        this.meters = meters;
        this.mostWaiting = mostWaiting;
        Gauge.builder("orders.ledger.waiting", waiting, Queue::size)
                .description("Paid orders that the ledger does not have yet")
                .register(meters);
        count("booked", 0);
        count("failed", 0);
        this.thread = Thread.ofVirtual().name("bookkeeper").start(this::catchUp);
    }

    /** Returns whether so many bookings are waiting that no further order should be taken. */
    boolean isFull() {
        return waiting.size() >= mostWaiting;
    }

    /** Books at once if possible and returns true; otherwise the booking waits, and the answer is false. */
    boolean book(LedgerClient.Booking booking) {
        // Whoever comes later waits in line, or a ledger that is away would cost each customer the time limit.
        if (waiting.isEmpty() && attempt(booking)) {
            return true;
        }
        waiting.add(booking);
        return false;
    }

    @Override
    public void close() {
        thread.interrupt();
        if (!waiting.isEmpty()) {
            LOG.errorf("stopping with bookings that the ledger does not have count=%d", waiting.size());
        }
    }

    private void catchUp() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var next = waiting.peek();
                if (next != null && attempt(next)) {
                    waiting.remove();
                    recorded.accept(next.reference());
                } else {
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempt(LedgerClient.Booking booking) {
        try {
            ledger.book(booking);
            count("booked", 1);
            return true;
        } catch (IOException e) {
            count("failed", 1);
            LOG.debugf(e, "not booked reference=%s", booking.reference());
            return false;
        }
    }

    private void count(String result, int amount) {
        meters.counter("orders.ledger.bookings", "result", result).increment(amount);
    }
}
