package dev.binnacle.plugins.supply;

/**
 * One reason why a plugin is not loaded.
 *
 * @param where the entry, file or class; empty when it concerns the plugin as a whole
 * @param message what is wrong, with the offending value
 * @param fix what its author or operator can do; empty when the message says it
 */
public record Objection(String where, String message, String fix) {
    /** Returns {@code where: message. fix} as one line. */
    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + message + (fix.isEmpty() ? "" : ". " + fix);
    }
}
