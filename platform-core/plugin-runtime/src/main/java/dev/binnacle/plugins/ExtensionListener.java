package dev.binnacle.plugins;

/**
 * Is told which extensions can be used. Called by one thread at a time; must not call back into the runtime's
 * reload methods.
 */
public interface ExtensionListener {
    /** The extension can be used from now on. */
    void started(RunningExtension extension);

    /** The extension is about to be closed: when this returns, nobody may call it any more. */
    void stopping(RunningExtension extension);
}
