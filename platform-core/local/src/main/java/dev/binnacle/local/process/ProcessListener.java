package dev.binnacle.local.process;

import dev.binnacle.local.instance.ProcessId;

/** Hears about a process's life, on the thread that supervises it: do little. */
public interface ProcessListener {
    /** Hears nothing. */
    ProcessListener NONE = new ProcessListener() {};

    /** A process was started. */
    default void started(String name, ProcessId id) {}

    /** That process ended, by itself or because it was asked to; called within milliseconds. */
    default void ended(String name, ProcessId id) {}

    /** Returns a listener that tells this one first, then {@code other}. */
    default ProcessListener and(ProcessListener other) {
        ProcessListener one = this;
        return new ProcessListener() {
            @Override
            public void started(String name, ProcessId id) {
                one.started(name, id);
                other.started(name, id);
            }

            @Override
            public void ended(String name, ProcessId id) {
                one.ended(name, id);
                other.ended(name, id);
            }
        };
    }
}
