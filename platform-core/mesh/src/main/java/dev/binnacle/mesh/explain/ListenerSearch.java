package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.schema.Spelling;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the listener that takes a connection. */
final class ListenerSearch {
    /** What a search came to. */
    sealed interface Result {}

    /** The listener, and the port the client called. */
    record Found(Listener listener, int port, List<String> notes) implements Result {}

    /** No listener. */
    record Nothing(String message, String fix) implements Result {}

    private final Pod pod;
    private final ProxyIr proxy;
    private final MeshTopology topology;

    ListenerSearch(Pod pod, ProxyIr proxy, MeshTopology topology) {
        this.pod = pod;
        this.proxy = proxy;
        this.topology = topology;
    }

    Result find(Destination to) {
        return pod.kind() == PodKind.GATEWAY ? atGateway(to) : atSidecar(to);
    }

    private Result atSidecar(Destination to) {
        var address = Optional.ofNullable(proxy.hosts().get(to.host()));
        var candidates = address.stream().flatMap(this::at).toList();
        var port = to.port().or(() -> onlyPort(candidates));
        if (address.isPresent() && port.isEmpty() && !candidates.isEmpty()) {
            String ports =
                    candidates.stream().map(l -> String.valueOf(l.port())).collect(Collectors.joining(", "));
            return new Nothing(to.host() + " has several ports", "Name one of " + ports);
        }
        int called = port.orElse(80);
        return candidates.stream()
                .filter(l -> l.port() == called)
                .findFirst()
                .<Result>map(l -> new Found(l, called, List.of()))
                .orElseGet(() -> atProxyPort(to, called));
    }

    private Stream<Listener> at(String address) {
        return proxy.listeners().stream()
                .filter(l -> l.address().equals(address) && !(l instanceof Listener.HttpProxy));
    }

    private static Optional<Integer> onlyPort(List<Listener> listeners) {
        return listeners.size() == 1 ? Optional.of(listeners.getFirst().port()) : Optional.empty();
    }

    private Result atProxyPort(Destination to, int port) {
        String why = proxy.hosts().containsKey(to.host())
                ? "nothing listens on port " + port + " of " + to.host()
                        + ports(proxy.hosts().get(to.host()))
                : "no Service or ServiceEntry has the host " + to.host() + ", or none that " + pod.id() + " may see";
        return proxy.listeners().stream()
                .filter(Listener.HttpProxy.class::isInstance)
                .findFirst()
                .<Result>map(l -> new Found(
                        l,
                        port,
                        List.of(why + ": only clients that use the HTTP proxy get this far, others cannot connect")))
                .orElse(new Nothing(
                        why,
                        "Known hosts are " + Spelling.listed(topology.hosts().keySet())));
    }

    private String ports(String address) {
        String ports = at(address).map(l -> String.valueOf(l.port())).collect(Collectors.joining(", "));
        return ports.isEmpty() ? "" : ", which has " + ports;
    }

    private Result atGateway(Destination to) {
        var listeners = proxy.listeners().stream()
                .flatMap(l -> l instanceof Listener.Gateway gateway ? Stream.of(gateway) : Stream.of())
                .toList();
        return listeners.stream()
                .filter(l -> to.port().map(port -> serves(l, port)).orElse(takesPlainHttp(l)))
                .findFirst()
                .<Result>map(l -> new Found(l, to.port().orElse(80), List.of()))
                .orElseGet(() -> new Nothing(
                        pod.id() + " has no listener"
                                + to.port().map(p -> " for port " + p).orElse(""),
                        listeners.isEmpty() ? "No Gateway selects its pods" : "It listens at " + names(listeners)));
    }

    private static boolean takesPlainHttp(Listener.Gateway gateway) {
        return gateway.chains().stream()
                .anyMatch(chain -> chain.tls().isEmpty() && chain.routeTable().isPresent());
    }

    /** The port may be the pod's, the published one, or that of the gateway's Service. */
    private static boolean serves(Listener.Gateway gateway, int port) {
        return gateway.port() == port
                || gateway.alsoAt().stream().anyMatch(place -> place.endsWith(":" + port))
                || gateway.chains().stream().anyMatch(chain -> chain.port() == port);
    }

    private static String names(List<Listener.Gateway> listeners) {
        return listeners.stream().map(Listener::name).collect(Collectors.joining(", "));
    }
}
