package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** EndpointSlices: how many addresses of each service are ready, and how many are not. */
public final class EndpointSlices implements ReportedKind<EndpointSlice, EndpointSlices.Facts> {
    private static final String SERVICE = "kubernetes.io/service-name";

    private static final MetricFamily ADDRESSES = MetricFamily.gauge(
            "binnacle_kubernetes_service_addresses", "", "Addresses behind the service, by whether they are ready");

    /**
     * What is kept of a slice.
     *
     * @param service the labels namespace and service
     */
    public record Facts(Labels service, Set<String> ready, Set<String> notReady) {}

    @Override
    public String resource() {
        return "endpointslices";
    }

    @Override
    public Class<EndpointSlice> type() {
        return EndpointSlice.class;
    }

    @Override
    public EndpointSlice empty() {
        return new EndpointSlice();
    }

    @Override
    public Facts read(EndpointSlice slice) {
        var metadata = slice.getMetadata();
        Map<String, String> labels = Objects.requireNonNullElse(metadata.getLabels(), Map.of());
        return new Facts(
                Labels.of(
                        "namespace", Texts.of(metadata.getNamespace()),
                        "service", Texts.of(labels.get(SERVICE))),
                addresses(slice, true),
                addresses(slice, false));
    }

    @Override
    public void report(Collection<Facts> present, Instant at, Consumer<Sample> out) {
        var ready = new TreeMap<Labels, Set<String>>();
        var notReady = new TreeMap<Labels, Set<String>>();
        for (var slice : present) {
            ready.computeIfAbsent(slice.service(), service -> new HashSet<>()).addAll(slice.ready());
            notReady.computeIfAbsent(slice.service(), service -> new HashSet<>())
                    .addAll(slice.notReady());
        }
        ready.forEach((service, all) -> out.accept(ADDRESSES.sample(service.with("ready", "true"), all.size(), at)));
        notReady.forEach((service, all) -> {
            // While a pod moves from one slice to another it is in both.
            all.removeAll(ready.get(service));
            out.accept(ADDRESSES.sample(service.with("ready", "false"), all.size(), at));
        });
    }

    private static Set<String> addresses(EndpointSlice slice, boolean ready) {
        return slice.getEndpoints().stream()
                .filter(endpoint -> isReady(endpoint) == ready)
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells whether traffic goes there; as the API says, nothing written means yes. */
    private static boolean isReady(Endpoint endpoint) {
        return endpoint.getConditions() == null
                || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    }
}
