package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.ReferenceGrant;
import dev.binnacle.mesh.gatewayapi.convert.Converted;
import dev.binnacle.mesh.gatewayapi.convert.Resources;
import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.istio.ServiceEntry;
import dev.binnacle.mesh.istio.Sidecar;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.WorkloadEntry;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.istio.limit.LocalRateLimit;
import dev.binnacle.mesh.istio.security.AuthorizationPolicy;
import dev.binnacle.mesh.istio.security.PeerAuthentication;
import dev.binnacle.mesh.istio.security.RequestAuthentication;
import dev.binnacle.mesh.istio.telemetry.Telemetry;
import dev.binnacle.mesh.kubernetes.Namespace;
import dev.binnacle.mesh.kubernetes.Secret;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.ServiceAccount;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The valid resources of a set of manifest files, one for each kind, namespace and name. Immutable and thread-safe. */
public final class Manifests {
    /** Where several resources decide about one thing, Istio takes the oldest; of the same age the first by name. */
    private static final Comparator<Resource> ISTIOS_ORDER = Comparator.comparing(
                    (Resource resource) -> resource.ref().name())
            .thenComparing(resource -> resource.ref().namespace());

    private static final Comparator<Resource> BY_REF = Comparator.comparing(Resource::ref);

    /** What the same resources mean stays the very same objects: a translation takes over what was made of them. */
    private static final Kept<Converted> CONVERTED = new Kept<>();

    private final List<Resource> resources;

    /** Whoever compiles asks for the same types again and again. */
    private final Map<Class<?>, List<? extends Resource>> byType = new ConcurrentHashMap<>();

    private final Map<Class<?>, List<? extends Resource>> byAge = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Converted> gatewayApi = new AtomicReference<>();

    public Manifests(List<Resource> resources) {
        this.resources = resources.stream().sorted(BY_REF).toList();
    }

    /** Returns all resources, sorted by kind, namespace and name. */
    public List<Resource> resources() {
        return resources;
    }

    /** Returns the Deployments. */
    public List<Workload> workloads() {
        return of(Workload.class);
    }

    /** Returns the Services. */
    public List<Service> services() {
        return of(Service.class);
    }

    /** Returns the ServiceAccounts. */
    public List<ServiceAccount> serviceAccounts() {
        return of(ServiceAccount.class);
    }

    /** Returns the Secrets. */
    public List<Secret> secrets() {
        return of(Secret.class);
    }

    /**
     * Returns the VirtualServices, those that routes of Gateway API mean among them, sorted by name: where two decide about
     * one thing, the first one counts.
     */
    public List<VirtualService> virtualServices() {
        return inIstiosOrder(VirtualService.class, converted().virtualServices());
    }

    /** Returns the DestinationRules, sorted by name: where two decide about one thing, the first one counts. */
    public List<DestinationRule> destinationRules() {
        return inIstiosOrder(DestinationRule.class);
    }

    /**
     * Returns the Gateways, those that listeners of Gateway API mean among them, sorted by name: where two decide about one
     * thing, the first one counts.
     */
    public List<Gateway> gateways() {
        return inIstiosOrder(Gateway.class, converted().gateways());
    }

    /** Returns what the resources of Gateway API mean. */
    public Converted converted() {
        return gatewayApi.updateAndGet(known -> known != null ? known : convert());
    }

    private Converted convert() {
        var resources = new Resources(
                inIstiosOrder(KubernetesGateway.class),
                inIstiosOrder(HttpRoute.class),
                of(ReferenceGrant.class),
                services(),
                serviceEntries(),
                secrets(),
                of(Namespace.class));
        return resources.meanNothing() ? Converted.NOTHING : CONVERTED.get(resources, () -> Converted.of(resources));
    }

    /** Returns the PeerAuthentications, sorted by name: where two decide about one thing, the first one counts. */
    public List<PeerAuthentication> peerAuthentications() {
        return inIstiosOrder(PeerAuthentication.class);
    }

    /** Returns the RequestAuthentications, sorted by name. */
    public List<RequestAuthentication> requestAuthentications() {
        return inIstiosOrder(RequestAuthentication.class);
    }

    /** Returns the AuthorizationPolicies, sorted by namespace and name. */
    public List<AuthorizationPolicy> authorizationPolicies() {
        return of(AuthorizationPolicy.class);
    }

    /** Returns the Telemetries, sorted by name: of two for a whole namespace, the first one counts. */
    public List<Telemetry> telemetries() {
        return inIstiosOrder(Telemetry.class);
    }

    /** Returns the limits of requests, sorted by name: of two for the same pods, the first one counts. */
    public List<LocalRateLimit> rateLimits() {
        return inIstiosOrder(LocalRateLimit.class);
    }

    /** Returns the ServiceEntries, sorted by name: where two decide about one thing, the first one counts. */
    public List<ServiceEntry> serviceEntries() {
        return inIstiosOrder(ServiceEntry.class);
    }

    /** Returns the WorkloadEntries. */
    public List<WorkloadEntry> workloadEntries() {
        return of(WorkloadEntry.class);
    }

    /** Returns the Sidecars, sorted by name: where two decide about one thing, the first one counts. */
    public List<Sidecar> sidecars() {
        return inIstiosOrder(Sidecar.class);
    }

    /** Returns what holds for the whole mesh. */
    public MeshConfig meshConfig() {
        return of(MeshConfig.class).stream().findFirst().orElse(MeshConfig.DEFAULT);
    }

    /** Returns every host that needs a virtual address, fully qualified and sorted. Wildcards have none. */
    public List<String> hosts() {
        var named = serviceEntries().stream()
                .flatMap(entry -> entry.hosts().stream())
                .map(Placed::text)
                .filter(host -> !host.startsWith("*"));
        return Stream.concat(services().stream().map(Service::host), named)
                .sorted()
                .distinct()
                .toList();
    }

    /** Returns these manifests with the resources of {@code later} added; they replace those of the same name. */
    public Manifests overlaid(Manifests later) {
        var merged = new ArrayList<>(resources);
        for (var resource : later.resources) {
            int place = Collections.binarySearch(merged, resource, BY_REF);
            if (place >= 0) {
                merged.set(place, resource);
            } else {
                merged.add(-place - 1, resource);
            }
        }
        return new Manifests(merged);
    }

    /** Returns these manifests without the resources named. */
    public Manifests without(Collection<ResourceRef> removed) {
        var gone = Set.copyOf(removed);
        return new Manifests(
                resources.stream().filter(r -> !gone.contains(r.ref())).toList());
    }

    /** Returns these manifests without all but the resources named. */
    public Manifests only(Collection<ResourceRef> kept) {
        var wanted = Set.copyOf(kept);
        return new Manifests(
                resources.stream().filter(r -> wanted.contains(r.ref())).toList());
    }

    /** Returns the resources of one type, sorted by namespace and name. */
    @SuppressWarnings("unchecked")
    public <T extends Resource> List<T> of(Class<T> type) {
        return (List<T>) byType.computeIfAbsent(
                type, t -> resources.stream().filter(t::isInstance).toList());
    }

    private <T extends Resource> List<T> inIstiosOrder(Class<T> type) {
        return inIstiosOrder(type, List.of());
    }

    @SuppressWarnings("unchecked")
    private <T extends Resource> List<T> inIstiosOrder(Class<T> type, List<T> more) {
        return (List<T>) byAge.computeIfAbsent(
                type,
                t -> Stream.concat(of(type).stream(), more.stream())
                        .sorted(ISTIOS_ORDER)
                        .toList());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Manifests manifests && resources.equals(manifests.resources);
    }

    @Override
    public int hashCode() {
        return resources.hashCode();
    }
}
