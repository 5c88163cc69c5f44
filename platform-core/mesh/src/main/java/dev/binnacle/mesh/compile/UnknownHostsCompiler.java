package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.Memory.Sight;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.UnknownHosts;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.Scope;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes what becomes of requests through port 15001 to hosts that a pod does not see: they are passed on or refused. Passed on
 * means to what stands in for the host; else, unless the settings allow more, no further than loopback.
 */
final class UnknownHostsCompiler {
    private static final int HTTP = 80;
    private static final String BLOCKED = "block_all";
    private static final String PASSED = "allow_any";

    private record ClustersKey(Sight sight) implements Carried.Key<List<Cluster>> {}

    private final Registry registry;
    private final Memory memory;

    UnknownHostsCompiler(Memory memory) {
        this.registry = memory.registry();
        this.memory = memory;
    }

    /** Returns the clusters for them of the proxies of pods like this one. */
    List<Cluster> clusters(Pod pod, Sight sight) {
        return memory.get(new ClustersKey(sight), () -> clusters(pod));
    }

    private List<Cluster> clusters(Pod pod) {
        var result = new ArrayList<Cluster>();
        result.add(new Cluster.PassThrough(
                Names.PASSTHROUGH, registry.topology().externals().internet(), Origin.DEFAULT));
        result.add(new Cluster.BlackHole(Names.BLACKHOLE, Origin.DEFAULT));
        if (registry.scope(pod).unknownHosts() == UnknownHosts.ALLOW_ANY) {
            unseen(registry.scope(pod))
                    .forEach(host -> registry.standIns()
                            .find(host, HTTP)
                            .map(at -> new Cluster.StandIn(
                                    Names.standIn(HTTP, host), at.address(), at.port(), Origin.DEFAULT))
                            .ifPresent(result::add));
        }
        return List.copyOf(result);
    }

    /** Returns the virtual hosts for them: one for each host that something stands in for, and one for the rest. */
    List<VirtualHost> virtualHosts(Scope scope) {
        if (scope.unknownHosts() == UnknownHosts.REGISTRY_ONLY) {
            return List.of(blocked(RouteMatch.EVERYTHING, RouteMatch.TUNNEL));
        }
        var known = unseen(scope)
                .filter(host -> registry.standIns().find(host, HTTP).isPresent())
                .map(host -> passedThrough(
                        PASSED + " " + host, List.of(host, host + ":" + HTTP), Names.standIn(HTTP, host)));
        var rest = passedThrough(PASSED, List.of("*"), Names.PASSTHROUGH);
        return Stream.concat(known, Stream.of(rest)).toList();
    }

    private Stream<String> unseen(Scope scope) {
        return registry.standIns().hosts().filter(host -> scope.host(host).isEmpty());
    }

    /** Refuses every host, as a listener at a host's own address does: it is no proxy for others. */
    static VirtualHost blocked() {
        return blocked(RouteMatch.EVERYTHING);
    }

    private static VirtualHost blocked(RouteMatch... all) {
        var refusal = new RouteAction.DirectResponse(502, RouteAction.Body.EMPTY);
        var routes = Stream.of(all)
                .map(match -> Route.plain(BLOCKED, Origin.DEFAULT, match, refusal))
                .toList();
        return new VirtualHost(BLOCKED, List.of("*"), false, false, routes, Origin.DEFAULT);
    }

    private static VirtualHost passedThrough(String name, List<String> domains, String cluster) {
        return Tunnels.with(
                Tunnels.to(cluster, Origin.DEFAULT), virtualHost(name, domains, new RouteAction.PassThrough(cluster)));
    }

    private static VirtualHost virtualHost(String name, List<String> domains, RouteAction action) {
        var route = Route.plain(PASSED, Origin.DEFAULT, RouteMatch.EVERYTHING, action);
        return new VirtualHost(name, domains, false, false, List.of(route), Origin.DEFAULT);
    }
}
