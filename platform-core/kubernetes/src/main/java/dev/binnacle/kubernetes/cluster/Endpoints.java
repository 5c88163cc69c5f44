package dev.binnacle.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The addresses behind a Service.
 *
 * @param ready those that requests are sent to, sorted
 * @param notReady the others, sorted
 */
public record Endpoints(String namespace, String service, List<String> ready, List<String> notReady) {
    private static final String SERVICE = "kubernetes.io/service-name";

    public Endpoints {
        ready = List.copyOf(ready);
        notReady = List.copyOf(notReady);
    }

    /** Reads one slice. */
    static Endpoints of(GenericKubernetesResource slice) {
        var metadata = slice.getMetadata();
        var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
        var ready = new TreeSet<String>();
        var notReady = new TreeSet<String>();
        for (var endpoint : Fields.of(slice).list("endpoints")) {
            // As the API says, nothing written means yes.
            var into = endpoint.section("conditions").flag("ready", true) ? ready : notReady;
            if (endpoint.map().get("addresses") instanceof List<?> addresses) {
                addresses.forEach(address -> into.add(String.valueOf(address)));
            }
        }
        return new Endpoints(
                metadata.getNamespace(), labels.getOrDefault(SERVICE, ""), List.copyOf(ready), List.copyOf(notReady));
    }

    /** Returns what slices say together, sorted by namespace and service. */
    static List<Endpoints> together(Collection<Endpoints> slices) {
        var services = new TreeMap<String, Endpoints>();
        for (var slice : slices) {
            services.merge(slice.namespace() + "/" + slice.service(), slice, Endpoints::and);
        }
        return List.copyOf(services.values());
    }

    /** While a pod moves from one slice to another it is in both. */
    private Endpoints and(Endpoints other) {
        var allReady = new TreeSet<>(ready);
        allReady.addAll(other.ready);
        var others = new TreeSet<>(notReady);
        others.addAll(other.notReady);
        others.removeAll(allReady);
        return new Endpoints(namespace, service, List.copyOf(allReady), List.copyOf(others));
    }
}
