package dev.binnacle.spi.context;

import dev.binnacle.spi.config.Settings;
import java.net.http.HttpClient;
import java.time.InstantSource;

/**
 * What the host lends to one extension.
 *
 * <p>Threads, connections, timers and meters belong to the host, so that it can take all of them back when the extension
 * is unloaded; an extension that makes its own has to release them in {@code close()}. Everything here is safe for use by
 * several threads.
 */
public interface ExtensionContext {
    /** Returns the host's clock. Use it instead of the system's, so that tests can turn it. */
    InstantSource clock();

    /**
     * Returns an HTTP client that follows no redirects and connects within seconds.
     *
     * <p>Set a time limit on every request, and a limit on what you read of its body. Do not close the client.
     */
    HttpClient http();

    /** Returns what runs the extension's periodic work. */
    Timers timers();

    /** Returns the extension's own metrics, about its work; what it measures of others are samples. */
    Meters meters();

    /** Returns a logger that names the extension. */
    System.Logger log();

    /** Returns the extension's settings, already checked. */
    Settings settings();

    /** Returns what the host knows about the mesh. */
    MeshView mesh();

    /**
     * Serves {@code endpoint} at {@code /plugins/ID/metrics}, where ID is the extension's id, and has Prometheus find it.
     *
     * <p>A second call replaces the first. The host stops serving it before it closes the extension.
     */
    void serve(TextEndpoint endpoint);
}
