package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Locality;
import dev.binnacle.mesh.ir.Same;
import dev.binnacle.mesh.istio.CallerMatch;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.traffic.LoadBalancer;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.ByLocality;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells which pods may be told the same about what is around them: most of a mesh looks the same to most pods, and is
 * compiled once for all of them.
 */
final class Views {
    /** Equals no other. */
    private static final class Seen {}

    private record SeenKey(String scope, List<Same<MeshHost>> hosts) implements Carried.Key<Seen> {}

    /**
     * All that a pod's outbound traffic depends on beside the mesh itself.
     *
     * @param seen what it sees of the mesh
     * @param labels those of the pod's labels that some rule asks for
     * @param locality where its proxy is
     */
    private record View(Seen seen, Map<String, String> labels, Locality locality) {}

    private final Registry registry;
    private final Memory memory;
    private final Map<Scope, Seen> seen = new HashMap<>();
    private final Set<String> decisive;

    Views(Memory memory) {
        this.registry = memory.registry();
        this.memory = memory;
        var defaults = registry.manifests().meshConfig().defaults();
        this.decisive = Stream.of(
                        registry.virtualServices().stream().flatMap(Views::labels),
                        registry.manifests().destinationRules().stream().flatMap(Views::labels),
                        labels(defaults.byLocality()))
                .flatMap(labels -> labels)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns what equals that of other pods, also in later compilations, which are told the same. */
    Object of(Pod pod) {
        var labels = new TreeMap<>(pod.labels());
        labels.keySet().retainAll(decisive);
        return new View(seen.computeIfAbsent(registry.scope(pod), this::seen), labels, Localities.ofProxy(pod));
    }

    private Seen seen(Scope scope) {
        return memory.get(new SeenKey(scope.name(), Same.each(scope.reachable())), Seen::new);
    }

    private static Stream<String> labels(VirtualService service) {
        var requests = service.http().stream().flatMap(rule -> rule.matches().stream());
        var connections =
                Stream.concat(service.tcp().stream(), service.tls().stream()).flatMap(rule -> rule.matches().stream());
        return Stream.<CallerMatch>concat(requests, connections)
                .flatMap(match -> match.sourceLabels().keySet().stream());
    }

    private static Stream<String> labels(DestinationRule rule) {
        var clients = rule.clients().stream().flatMap(labels -> labels.keySet().stream());
        var policies =
                Stream.concat(Stream.of(rule.policy()), rule.subsets().stream().map(DestinationRule.Subset::policy));
        return Stream.concat(clients, policies.flatMap(Policy::everySetting).flatMap(Views::labels));
    }

    private static Stream<String> labels(Policy.Settings settings) {
        return settings.loadBalancer().flatMap(LoadBalancer::byLocality).stream()
                .flatMap(Views::labels);
    }

    private static Stream<String> labels(ByLocality setting) {
        return setting.failoverPriority().stream().map(wanted -> wanted.split("=", 2)[0]);
    }
}
