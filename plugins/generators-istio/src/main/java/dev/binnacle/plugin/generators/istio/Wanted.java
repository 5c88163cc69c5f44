package dev.binnacle.plugin.generators.istio;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What somebody wants of Istio, in words that need no knowledge of its resources. */
sealed interface Wanted {
    /** Returns who wants it. */
    Source source();

    /**
     * A document.
     *
     * @param place its file and line
     * @param name its name, which the resources get
     */
    record Source(String place, String kind, String namespace, String name) {}

    /**
     * Several versions of a service at once.
     *
     * @param service the Service's name in the document's namespace
     * @param weights percent by version; they add up to 100
     * @param testers who gets one version whatever the weights say
     */
    record Canary(Source source, String service, SortedMap<String, Integer> weights, Optional<Testers> testers)
            implements Wanted {}

    /** Requests with a header, and the version that they get. */
    record Testers(String header, String value, String version) {}

    /**
     * A host outside of the mesh, called by plain HTTP and reached by TLS.
     *
     * @param plainPort where the mesh calls it
     * @param port where it listens
     * @param authorities a file in the sidecars with the authorities of its certificate; empty for those that the system knows
     */
    record EgressHost(Source source, String host, int plainPort, int port, Optional<String> authorities)
            implements Wanted {}

    /**
     * A host that people outside call.
     *
     * @param gateway the label {@code istio} of the gateway's pods
     * @param port the Service's port
     * @param redirects whether who comes by plain HTTP is sent to HTTPS
     */
    record IngressHost(
            Source source,
            String host,
            String gateway,
            String service,
            int port,
            Certificate certificate,
            boolean redirects)
            implements Wanted {}

    /** Where a gateway has its certificate. */
    sealed interface Certificate {
        /** A Secret beside the gateway's pods. */
        record Secret(String name) implements Certificate {}

        /** Files in the gateway's pods. */
        record Files(String certificate, String key) implements Certificate {}
    }

    /**
     * Metrics of a namespace's proxies within a budget.
     *
     * @param series at most so many
     * @param outcomes combinations of response code, flags and gRPC status that an edge has
     * @param keep labels and metrics that must stay
     * @param tags expressions by label, added to the count of requests
     */
    record MetricsBudget(Source source, long series, int outcomes, List<String> keep, Map<String, String> tags)
            implements Wanted {}
}
