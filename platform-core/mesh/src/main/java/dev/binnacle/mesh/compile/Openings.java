package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Kept;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the proxies of one view listen for hosts of the mesh: each at addresses of its own, which is all that differs. A
 * large mesh has thousands of such listeners in each proxy and they seldom change, so a pod's are made once.
 */
final class Openings {
    /**
     * A port of a host.
     *
     * @param number the host's, from the topology
     * @param routes where connections go; nothing where requests have a route table
     */
    record Opening(int number, int port, Optional<List<TcpRoute>> routes, Origin origin) {
        private Listener at(String address) {
            String name = Names.listener(address, port);
            return routes.<Listener>map(all -> new Listener.OutboundTcp(name, address, port, all, origin))
                    .orElseGet(() -> new Listener.OutboundHttp(name, address, port, String.valueOf(port), origin));
        }
    }

    private record Key(Openings openings, int pod, List<Listener> others) {}

    private static final Kept<Openings> SAME = new Kept<>();
    private static final Kept<List<Listener>> LISTENERS = new Kept<>();

    private final String base;
    private final List<Opening> all;

    private Openings(String base, List<Opening> all) {
        this.base = base;
        this.all = all;
    }

    /** Returns the openings, as the same object as long as somebody uses it: nobody need compare their contents again. */
    static Openings of(String base, List<Opening> all) {
        return SAME.get(List.of(base, all), () -> new Openings(base, all));
    }

    /** Returns all listeners of a pod, sorted by name: these, and {@code others}. */
    List<Listener> listeners(Pod pod, List<Listener> others) {
        return LISTENERS.get(
                new Key(this, pod.index(), others),
                () -> Stream.concat(all.stream().map(opening -> opening.at(address(pod, opening))), others.stream())
                        .sorted(Comparator.comparing(Listener::name))
                        .toList());
    }

    private String address(Pod pod, Opening opening) {
        return MeshTopology.virtualAddress(base, pod.index(), opening.number());
    }
}
