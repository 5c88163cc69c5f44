package dev.binnacle.loadgenerator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** What to send, where to, and how often. */
@ConfigMapping(prefix = "load")
interface LoadConfig {
    /** The front door; paths are appended to it. */
    @WithDefault("http://istio-ingressgateway.istio-system:8080/")
    URI target();

    /** Requests per second, from 0 (pause) to 1000; can be changed while running. */
    @WithDefault("10")
    double rate();

    /** Two generators with the same seed and mix send the same requests in the same order. */
    @WithDefault("1")
    long seed();

    /** A request that has no complete answer by then has failed. */
    @WithDefault("15s")
    Duration timeout();

    /** Requests that may be under way at once; what is due beyond that is dropped, and counted. */
    @WithDefault("500")
    int mostInFlight();

    /** How often each kind of request is sent, relative to the others. */
    Mix mix();

    /** Weights; 0 leaves a kind out. */
    interface Mix {
        /** The page itself. */
        @WithDefault("25")
        int page();

        /** The whole catalog. */
        @WithDefault("45")
        int catalog();

        /** One article. */
        @WithDefault("15")
        int article();

        /** An order of one to three pieces. */
        @WithDefault("10")
        int order();

        /** The latest orders. */
        @WithDefault("5")
        int orders();
    }
}
