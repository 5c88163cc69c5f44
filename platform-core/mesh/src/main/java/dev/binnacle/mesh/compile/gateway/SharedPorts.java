package dev.binnacle.mesh.compile.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which servers share the ports of a pod. Where two exclude each other, the earlier one counts, by Istio's rules: on one
 * port there are several servers of HTTP, or several that clients tell apart by the name they ask for within TLS.
 */
final class SharedPorts {
    /**
     * A server that takes no effect.
     *
     * @param why what is against it
     */
    record Conflict(Exposed exposed, String why) {}

    private final SortedMap<Integer, List<Exposed>> accepted = new TreeMap<>();
    private final List<Conflict> conflicts = new ArrayList<>();
    private final Map<Integer, Set<String>> hosts = new HashMap<>();

    private SharedPorts() {}

    /** Takes the servers in the order in which they count. */
    static SharedPorts of(List<Exposed> servers) {
        var result = new SharedPorts();
        servers.forEach(result::add);
        return result;
    }

    /** Returns the servers of each port, in order. */
    SortedMap<Integer, List<Exposed>> accepted() {
        return Collections.unmodifiableSortedMap(accepted);
    }

    List<Conflict> conflicts() {
        return List.copyOf(conflicts);
    }

    private void add(Exposed exposed) {
        var taken = takenHosts(exposed);
        if (!taken.isEmpty()) {
            conflicts.add(new Conflict(exposed, "another server of port " + exposed.port() + " has " + taken));
            return;
        }
        var others = accepted.computeIfAbsent(exposed.port(), port -> new ArrayList<>());
        var plain = others.stream().filter(SharedPorts::isPlain).findFirst();
        if (plain.isPresent() && !(isPlainHttp(exposed) && isPlainHttp(plain.get()))) {
            conflicts.add(new Conflict(
                    exposed,
                    "port " + exposed.port() + " is without TLS for the server "
                            + plain.get().title() + ", and only servers of HTTP share one"));
        } else {
            others.add(exposed);
        }
    }

    /** Istio looks at servers that have TLS settings, and these may be no more than a redirect. */
    private List<String> takenHosts(Exposed exposed) {
        if (isPlain(exposed) && !exposed.server().httpsRedirect()) {
            return List.of();
        }
        var known = hosts.computeIfAbsent(exposed.port(), port -> new HashSet<>());
        var taken = exposed.hosts().stream().filter(known::contains).toList();
        if (taken.isEmpty()) {
            known.addAll(exposed.hosts());
        }
        return taken;
    }

    static boolean isPlain(Exposed exposed) {
        return exposed.server().tls().isEmpty();
    }

    private static boolean isPlainHttp(Exposed exposed) {
        return isPlain(exposed) && exposed.server().isHttp();
    }
}
