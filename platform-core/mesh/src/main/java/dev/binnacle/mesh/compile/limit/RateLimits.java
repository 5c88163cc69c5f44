package dev.binnacle.mesh.compile.limit;

import dev.binnacle.mesh.ir.access.RateLimit;
import dev.binnacle.mesh.istio.limit.LocalRateLimit;
import dev.binnacle.mesh.istio.limit.LocalRateLimit.Limit;
import dev.binnacle.mesh.istio.limit.LocalRateLimit.Proxy;
import dev.binnacle.mesh.topology.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How many requests each proxy lets in. */
public final class RateLimits {
    private final List<LocalRateLimit> all;

    /** Takes the limits sorted by name: of two for the same pods the first counts, and one of their own namespace. */
    public RateLimits(List<LocalRateLimit> all) {
        this.all = all;
    }

    /** Returns the limit of each chain of a gateway's pod. */
    public Optional<RateLimit> ofGateway(Pod pod) {
        return of(pod, Proxy.GATEWAY).flatMap(resource -> whole(resource, Proxy.GATEWAY));
    }

    /** Returns the limit of what comes to a pod through the port of a Service. */
    public Optional<RateLimit> ofPort(Pod pod, int servicePort) {
        return of(pod, Proxy.SIDECAR_INBOUND)
                .flatMap(resource -> Optional.ofNullable(resource.ports().get(servicePort))
                        .map(Limit::limit)
                        .orElseGet(() -> whole(resource, Proxy.SIDECAR_INBOUND)));
    }

    private static Optional<RateLimit> whole(LocalRateLimit resource, Proxy proxy) {
        return Optional.ofNullable(resource.limits().get(proxy)).flatMap(Limit::limit);
    }

    private Optional<LocalRateLimit> of(Pod pod, Proxy proxy) {
        return of(pod.namespace(), pod.labels(), proxy);
    }

    /** Returns the resource that decides for a kind of proxy in pods with these labels. */
    Optional<LocalRateLimit> of(String namespace, Map<String, String> labels, Proxy proxy) {
        return all.stream()
                .filter(resource -> resource.limits().containsKey(proxy)
                        && resource.target().covers(resource.ref().namespace(), namespace, labels))
                .min(Comparator.comparing(
                        resource -> !resource.ref().namespace().equals(namespace)));
    }
}
