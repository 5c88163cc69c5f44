package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.istio.ConnectionRule;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.registry.Hosts;
import java.util.List;
import java.util.stream.Collectors;

/** Says in a few words where a rule leads. */
final class Leads {
    private Leads() {}

    static String to(RouteAction action) {
        return switch (action) {
            case RouteAction.Forward forward ->
                forward.destinations().stream().map(d -> cluster(d.cluster())).collect(Collectors.joining(", "));
            case RouteAction.PassThrough passThrough -> "pass through";
            case RouteAction.Tunnel tunnel -> "tunnel to " + cluster(tunnel.cluster());
            case RouteAction.Redirect redirect -> "redirect " + redirect.status();
            case RouteAction.DirectResponse response -> "direct response " + response.status();
        };
    }

    static String to(HttpRule rule, String namespace) {
        return rule.redirect()
                .<RouteAction>map(VirtualService.Redirect::to)
                .or(() -> rule.treatment().answer())
                .map(Leads::to)
                .orElseGet(() -> destinations(rule.destinations(), namespace));
    }

    static String to(List<TcpRoute.Target> targets) {
        return targets.stream().map(target -> cluster(target.cluster())).collect(Collectors.joining(", "));
    }

    static String toConnections(ConnectionRule rule, String namespace) {
        return destinations(rule.destinations(), namespace);
    }

    private static String destinations(List<VirtualService.Destination> destinations, String namespace) {
        return destinations.stream()
                .map(d -> named(Hosts.resolve(d.host(), namespace), d.subset()))
                .collect(Collectors.joining(", "));
    }

    private static String cluster(String name) {
        var parts = List.of(name.split("\\|", -1));
        return parts.size() == 4 ? named(parts.get(3), parts.get(2)) : name;
    }

    private static String named(String host, String subset) {
        return subset.isEmpty() ? host : host + " " + subset;
    }
}
