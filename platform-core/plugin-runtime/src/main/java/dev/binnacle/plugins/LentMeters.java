package dev.binnacle.plugins;

import dev.binnacle.plugins.PluginHost.HostMeters;
import dev.binnacle.spi.context.Meters;

/** The host's meters as an extension has them: once they are taken back, a call that ends late makes none and changes none. */
final class LentMeters implements Meters, AutoCloseable {
    private final HostMeters meters;
    private boolean closed;

    LentMeters(HostMeters meters) {
        this.meters = meters;
    }

    @Override
    public synchronized Counter counter(String name, String help) {
        if (closed) {
            return amount -> {};
        }
        var counter = meters.counter(name, help);
        return amount -> whileLent(() -> counter.add(amount));
    }

    @Override
    public synchronized Gauge gauge(String name, String help) {
        if (closed) {
            return value -> {};
        }
        var gauge = meters.gauge(name, help);
        return value -> whileLent(() -> gauge.set(value));
    }

    @Override
    public synchronized void close() {
        closed = true;
        meters.close();
    }

    private synchronized void whileLent(Runnable change) {
        if (!closed) {
            change.run();
        }
    }
}
