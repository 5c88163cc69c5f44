package dev.binnacle.mesh.compile.gateway;

import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.istio.gateway.Gateway.Server;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.topology.Pod;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How Gateways, the pods that serve them, and VirtualServices find each other. */
public final class Gateways {
    private Gateways() {}

    /** Returns {@code namespace/name}. */
    public static String idOf(Gateway gateway) {
        return gateway.ref().namespace() + "/" + gateway.ref().name();
    }

    static boolean isBound(VirtualService service, Gateway gateway) {
        return service.gateways().stream()
                .anyMatch(
                        g -> VirtualService.gatewayName(g.text(), service.ref().namespace())
                                .equals(idOf(gateway)));
    }

    /** Returns the hosts that a VirtualService gets on a server: what both say, namespace restrictions applied. */
    public static List<String> hosts(VirtualService service, Gateway gateway, Server server) {
        return service.hosts().stream()
                .map(host -> service.gatewayApi()
                        ? host.text()
                        : Hosts.resolve(host.text(), service.ref().namespace()))
                .flatMap(host -> server.hosts().stream()
                        .map(Placed::text)
                        .filter(allowed -> admits(allowed, gateway, service))
                        .flatMap(allowed -> Hosts.intersection(dns(allowed), host).stream()))
                .map(host -> host.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    /** Returns the pod's port for a port of the gateway's Service. */
    static Optional<Integer> bindPort(Registry registry, Pod pod, Gateway gateway, int port) {
        return bindPort(registry.hostsOf(pod), pod.ports(), gateway, port);
    }

    /** A port that no Service has is the pod's own, but where Gateway API asks for the Service's. */
    static Optional<Integer> bindPort(
            List<MeshHost> services, Map<String, Integer> containerPorts, Gateway gateway, int port) {
        return services.stream()
                .filter(service -> gateway.isBehind(service.host()))
                .flatMap(s -> s.port(port).stream())
                .flatMap(p -> p.targetOn(containerPorts).stream())
                .filter(containerPorts::containsValue)
                .findFirst()
                .or(() -> Optional.of(port)
                        .filter(own -> !gateway.isOfGatewayApi() && containerPorts.containsValue(own)));
    }

    static String dns(String host) {
        return host.substring(host.indexOf('/') + 1);
    }

    private static boolean admits(String host, Gateway gateway, VirtualService service) {
        int slash = host.indexOf('/');
        String namespace = slash < 0 ? "*" : host.substring(0, slash);
        return switch (namespace) {
            case "*" -> true;
            case "." -> service.ref().namespace().equals(gateway.ref().namespace());
            default -> service.ref().namespace().equals(namespace);
        };
    }
}
