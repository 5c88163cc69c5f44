package dev.binnacle.plugins;

/** Where an extension is in its life. */
public enum ExtensionState {
    /** Checked, and not started: not yet, or because it needs settings and has none. */
    RESOLVED("Resolved"),
    /** Its factory is making it. */
    STARTING("Starting"),
    /** Runs, and its last call succeeded. */
    OK("OK"),
    /** Runs, and its last call failed. */
    DEGRADED("Degraded"),
    /** Does not run: it could not be loaded or started, or hangs and ignores interruption. */
    FAILED("Failed"),
    /** Is being closed. */
    STOPPING("Stopping"),
    /** Was closed. */
    STOPPED("Stopped");

    private final String text;

    ExtensionState(String text) {
        this.text = text;
    }

    /** Returns the state's name as users see it. */
    public String text() {
        return text;
    }
}
