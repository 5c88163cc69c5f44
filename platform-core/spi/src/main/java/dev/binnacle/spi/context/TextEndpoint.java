package dev.binnacle.spi.context;

import java.io.IOException;

/** A page of text that an extension lets the host serve. */
@FunctionalInterface
public interface TextEndpoint {
    /** The content type of Prometheus' text format. */
    String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    /**
     * Writes the page as it is now. Several requests may ask at once, each on a thread of the plugin and with the host's
     * time limit.
     */
    void write(Appendable out) throws IOException;

    /** Returns the page's content type; {@link #PROMETHEUS_TEXT} unless the extension says otherwise. */
    default String contentType() {
        return PROMETHEUS_TEXT;
    }
}
