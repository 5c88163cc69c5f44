package dev.binnacle.mesh.compile.gateway;

import dev.binnacle.mesh.compile.RouteCompiler;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.VirtualHost;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The virtual hosts of a gateway's servers. */
final class GatewayRoutes {
    /** A virtual host while VirtualServices still add to it. */
    private static final class Draft {
        private final List<Route> routes = new ArrayList<>();
        private final int port;
        private final Origin origin;
        private boolean httpsOnly;

        Draft(Exposed exposed) {
            this.port = exposed.server().port();
            this.origin = exposed.server().place().origin();
        }
    }

    private final Registry registry;
    private final RouteCompiler routes;

    GatewayRoutes(Registry registry, RouteCompiler routes) {
        this.registry = registry;
        this.routes = routes;
    }

    /** Returns the virtual hosts of servers that share a table. */
    List<VirtualHost> of(Pod pod, List<Exposed> servers) {
        var drafts = new LinkedHashMap<String, Draft>();
        for (var exposed : servers) {
            for (var service : registry.scope(pod).virtualServices()) {
                if (Gateways.isBound(service, exposed.gateway())) {
                    contribute(service, exposed, pod, drafts);
                }
            }
            redirectToHttps(exposed, drafts);
        }
        if (drafts.isEmpty()) {
            return List.of(blackhole(servers.getFirst()));
        }
        return new TreeMap<>(drafts)
                .entrySet().stream()
                        .map(e -> virtualHost(e.getKey(), e.getValue()))
                        .toList();
    }

    /** Several VirtualServices may add to one host of a gateway. */
    private void contribute(VirtualService service, Exposed exposed, Pod pod, Map<String, Draft> drafts) {
        var all = routes.compile(service, GatewayChains.caller(pod, exposed));
        if (all.isEmpty()) {
            return;
        }
        for (String host : Gateways.hosts(service, exposed.gateway(), exposed.server())) {
            var draft = drafts.computeIfAbsent(host, h -> new Draft(exposed));
            draft.httpsOnly |= exposed.server().httpsRedirect();
            // Another server may have brought the same routes already.
            all.stream().filter(route -> !draft.routes.contains(route)).forEach(draft.routes::add);
        }
    }

    private static void redirectToHttps(Exposed exposed, Map<String, Draft> drafts) {
        if (exposed.server().httpsRedirect()) {
            // Istio leaves out hosts that are for a certain namespace only.
            exposed.server().hosts().stream()
                    .filter(host -> host.text().startsWith("*/") || !host.text().contains("/"))
                    .forEach(host -> drafts.computeIfAbsent(
                                    Gateways.dns(host.text()).toLowerCase(Locale.ROOT), h -> new Draft(exposed))
                            .httpsOnly = true);
        }
    }

    /** Routes that take every request go last: they would hide what another VirtualService has for the same host. */
    private static VirtualHost virtualHost(String host, Draft draft) {
        var ordered = Stream.concat(
                        draft.routes.stream().filter(r -> !r.match().takesEverything()),
                        draft.routes.stream()
                                .filter(r -> r.match().takesEverything())
                                .limit(1))
                .toList();
        return new VirtualHost(host + ":" + draft.port, List.of(host), true, draft.httpsOnly, ordered, draft.origin);
    }

    /** Without a route Envoy answers 404 (NR), as at a gateway of Istio's. */
    private static VirtualHost blackhole(Exposed exposed) {
        return new VirtualHost(
                "blackhole:" + exposed.server().port(),
                List.of("*"),
                false,
                false,
                List.of(),
                exposed.server().place().origin());
    }
}
