package dev.binnacle.spi.collect;

/**
 * Takes what others send, when they send it: a collector that is told instead of asked.
 *
 * <p><b>Threads.</b> The host calls {@link #start} once, and nothing while it runs. The threads that listen are the
 * receiver's own: few, and ended by {@link #close}. It may call the {@link Intake} from any of them.
 *
 * <p><b>Bounds.</b> Senders are not trusted: whatever they send, and however many they are, what a receiver holds of it
 * at one time is limited, and what it refuses it refuses in words that the sender's protocol has for it, and counts.
 */
public interface Receiver extends AutoCloseable {
    /**
     * Begins to listen, and returns when others can send.
     *
     * @param intake where to put what they send
     * @throws CollectionException when it cannot, because the address is taken for example
     * @throws InterruptedException when the host gave up waiting
     */
    void start(Intake intake) throws CollectionException, InterruptedException;

    /**
     * Ends listening and releases the address, so that another may take it when this returns. Safe to call twice, and without
     * a prior {@link #start}.
     */
    @Override
    void close();
}
