package dev.binnacle.plugins;

import java.util.concurrent.atomic.AtomicBoolean;

/** Decides whether a call of an extension may begin. */
interface Gate {
    /** Lets every call in. */
    Gate OPEN = new Gate() {
        @Override
        public boolean enter() {
            return true;
        }

        @Override
        public void leave() {}
    };

    boolean enter();

    void leave();

    /** Returns a gate that lets one call in at a time, so that an extension need not be thread-safe. */
    static Gate oneAtATime() {
        var taken = new AtomicBoolean();
        return new Gate() {
            @Override
            public boolean enter() {
                return taken.compareAndSet(false, true);
            }

            @Override
            public void leave() {
                taken.set(false);
            }
        };
    }
}
