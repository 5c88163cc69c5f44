package dev.binnacle.plugin.collector.probe;

import java.io.IOException;

/** One way of asking a server. */
interface Prober {
    /**
     * Asks, and tells the verdict what it finds out.
     *
     * @throws IOException when the server is not well; its message says why and holds no secret
     */
    void ask(Route route, Verdict verdict) throws IOException;
}
