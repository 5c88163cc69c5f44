package dev.binnacle.plugin.collector.otlp;

import java.util.ArrayDeque;

/** What waits to be passed on, bounded by its bytes: the oldest makes room. */
final class Outbox {
    /**
     * One request as it came.
     *
     * @param items how many spans or data points it has
     */
    record Parcel(Signal signal, byte[] message, long items) {}

    private final long capacity;
    private final Accounts accounts;
    private final ArrayDeque<Parcel> waiting = new ArrayDeque<>();
    private long bytes;

    Outbox(long capacity, Accounts accounts) {
        this.capacity = capacity;
        this.accounts = accounts;
    }

    synchronized void offer(Parcel parcel) {
        waiting.addLast(parcel);
        bytes += parcel.message().length;
        while (bytes > capacity) {
            lose(waiting.removeFirst());
        }
        notifyAll();
    }

    /** Waits for the oldest one and returns it. */
    synchronized Parcel take() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        var oldest = waiting.removeFirst();
        bytes -= oldest.message().length;
        return oldest;
    }

    /** Counts everything that waits as lost. */
    synchronized void clear() {
        while (!waiting.isEmpty()) {
            lose(waiting.removeFirst());
        }
    }

    private void lose(Parcel parcel) {
        bytes -= parcel.message().length;
        accounts.lost(parcel.signal(), parcel.items());
    }
}
