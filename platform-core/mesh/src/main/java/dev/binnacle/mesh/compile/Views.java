package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Locality;
import dev.binnacle.mesh.istio.CallerMatch;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.traffic.LoadBalancer;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
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
    /**
     * All that a pod's outbound traffic depends on beside the mesh itself.
     *
     * @param labels those of the pod's labels that some rule asks for
     * @param locality where its proxy is
     */
    record View(Scope scope, Map<String, String> labels, Locality locality) {}

    private final Registry registry;
    private final Set<String> decisive;

    Views(Registry registry) {
        this.registry = registry;
        this.decisive = Stream.concat(
                        registry.virtualServices().stream().flatMap(Views::labels),
                        registry.manifests().destinationRules().stream().flatMap(Views::labels))
                .collect(Collectors.toUnmodifiableSet());
    }

    View of(Pod pod) {
        var labels = new TreeMap<>(pod.labels());
        labels.keySet().retainAll(decisive);
        return new View(registry.scope(pod), labels, Localities.ofProxy(pod));
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
                .flatMap(setting -> setting.failoverPriority().stream())
                .map(wanted -> wanted.split("=", 2)[0]);
    }
}
