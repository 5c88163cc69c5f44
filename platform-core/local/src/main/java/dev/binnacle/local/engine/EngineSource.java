package dev.binnacle.local.engine;

import java.io.IOException;

/** One way to come by an engine. */
interface EngineSource {
    /** Returns the name of the way, for messages. */
    String name();

    /**
     * Finds the engine, or installs it.
     *
     * @throws UnavailableException with the reason when this way leads nowhere
     * @throws IOException when the disk or the network failed half-way; nothing half-installed remains
     */
    Engine provide(EngineKind kind, EngineWish wish) throws UnavailableException, IOException, InterruptedException;

    /** A part of the way. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws UnavailableException, IOException, InterruptedException;
    }

    /** This way leads nowhere; the message says why. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String reason) {
            super(reason);
        }
    }
}
