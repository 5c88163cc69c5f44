package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.RouteTable;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes what a sidecar does with traffic of its own application: listeners at virtual addresses and route tables. */
final class OutboundCompiler {
    private static final int PROXY_PORT = 15001;

    private final Registry registry;

    OutboundCompiler(Registry registry) {
        this.registry = registry;
    }

    List<Listener> listeners(Pod pod) {
        var result = new ArrayList<Listener>();
        for (var service : registry.services()) {
            registry.topology()
                    .virtualAddress(pod, service.host())
                    .ifPresent(
                            address -> service.ports().forEach(port -> result.add(listener(service, port, address))));
        }
        result.add(new Listener.HttpProxy(
                Names.listener(pod.podIp(), PROXY_PORT), pod.podIp(), PROXY_PORT, Names.HTTP_PROXY, Origin.DEFAULT));
        return List.copyOf(result);
    }

    private static Listener listener(Service service, Service.Port port, String address) {
        String name = Names.listener(address, port.number());
        var origin = port.place().origin();
        return port.protocol().isHttp()
                ? new Listener.OutboundHttp(name, address, port.number(), String.valueOf(port.number()), origin)
                : new Listener.OutboundTcp(
                        name, address, port.number(), Names.outbound(port.number(), "", service.host()), origin);
    }

    List<RouteTable> routeTables(Pod pod) {
        Map<Integer, List<VirtualHost>> byPort = new TreeMap<>();
        for (var service : registry.services()) {
            for (var port : service.ports()) {
                if (port.protocol().isHttp()) {
                    byPort.computeIfAbsent(port.number(), p -> new ArrayList<>())
                            .add(virtualHost(service, port, pod.namespace()));
                }
            }
        }
        var result = new ArrayList<RouteTable>();
        byPort.forEach((port, hosts) -> result.add(table(String.valueOf(port), hosts, blocked())));
        result.add(table(
                Names.HTTP_PROXY,
                byPort.entrySet().stream()
                        .flatMap(e -> e.getValue().stream().map(host -> forProxyPort(host, e.getKey())))
                        .toList(),
                passedThrough()));
        return List.copyOf(result);
    }

    private static RouteTable table(String name, List<VirtualHost> hosts, VirtualHost rest) {
        var all = new ArrayList<>(hosts);
        all.add(rest);
        return new RouteTable(name, false, List.copyOf(all));
    }

    private VirtualHost virtualHost(Service service, Service.Port port, String namespace) {
        var origin = port.place().origin();
        var forward = new RouteAction.Forward(
                List.of(new RouteAction.Destination(
                        Names.outbound(port.number(), "", service.host()), 1, HeaderChanges.NONE)),
                Optional.empty(),
                RouteAction.Rewrite.NONE,
                Optional.of(RouteAction.Retries.DEFAULT));
        return new VirtualHost(
                service.host() + ":" + port.number(),
                Names.domains(service.host(), port.number(), namespace),
                true,
                false,
                List.of(new Route("default", origin, RouteMatch.EVERYTHING, forward, HeaderChanges.NONE)),
                origin);
    }

    /** Port 15001 serves all ports at once: only port 80 may be left out of the Host header there. */
    private static VirtualHost forProxyPort(VirtualHost host, int port) {
        var domains = port == 80
                ? host.domains()
                : host.domains().stream().filter(d -> d.contains(":")).toList();
        return new VirtualHost(host.name(), domains, host.inMesh(), host.httpsOnly(), host.routes(), host.origin());
    }

    /** A listener at a Service's own address is no proxy for other hosts. */
    private static VirtualHost blocked() {
        return rest("block_all", new RouteAction.DirectResponse(502, ""));
    }

    private static VirtualHost passedThrough() {
        return rest("allow_any", new RouteAction.PassThrough(Names.PASSTHROUGH));
    }

    private static VirtualHost rest(String name, RouteAction action) {
        var route = new Route(name, Origin.DEFAULT, RouteMatch.EVERYTHING, action, HeaderChanges.NONE);
        return new VirtualHost(name, List.of("*"), false, false, List.of(route), Origin.DEFAULT);
    }
}
