package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.compile.HashPolicies.Consistent;
import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteAction.Mirror;
import dev.binnacle.mesh.ir.RouteAction.Retries;
import dev.binnacle.mesh.ir.RouteAction.Rewrite;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.istio.Treatment;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.istio.VirtualService.Match;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the routes of one proxy from the rules of a VirtualService. */
public final class RouteCompiler {
    /**
     * Who asks for routes.
     *
     * @param gateway {@code mesh} or {@code namespace/name} of a Gateway
     * @param port the port that clients call
     * @param tls whether they call it by TLS, or are sent there
     */
    public record Caller(Pod pod, String gateway, int port, boolean tls) {
        Caller(Pod pod, String gateway, int port) {
            this(pod, gateway, port, false);
        }
    }

    /** What Gateway API wants for backends that do not exist. */
    private static final int INTERNAL_ERROR = 500;

    private final Destinations destinations;
    private final HashPolicies hashes;
    private final Retries defaultRetries;

    /** Takes also what is tried again where no rule says so. */
    RouteCompiler(Destinations destinations, HashPolicies hashes, Retries defaultRetries) {
        this.destinations = destinations;
        this.hashes = hashes;
        this.defaultRetries = defaultRetries;
    }

    /** Returns what becomes of requests to a Service's port for which there is no rule. */
    RouteAction plain(MeshHost service, Service.Port port, Pod pod) {
        return RouteAction.Forward.to(Names.outbound(port.number(), "", service.host()), defaultRetries)
                .hashing(hashing(pod, service, port));
    }

    /** Returns what the default route to a Service's port hashes. */
    private List<Hashing> hashing(Pod pod, MeshHost service, Service.Port port) {
        return hashes.of(pod, service, Optional.of(port.number()), "").flatMap(Consistent::hashing).stream()
                .toList();
    }

    /** Returns the routes in order. Istio keeps the first match, Envoy too, so the order of the YAML survives. */
    public List<Route> compile(VirtualService service, Caller caller) {
        var result = new ArrayList<Route>();
        for (var rule : service.http()) {
            for (var route : routes(service, rule, caller)) {
                result.add(route);
                if (route.match().takesEverything()) {
                    return List.copyOf(result);
                }
            }
        }
        return List.copyOf(result);
    }

    private List<Route> routes(VirtualService service, HttpRule rule, Caller caller) {
        var action = action(service, rule, caller);
        if (rule.matches().isEmpty()) {
            return List.of(route(rule, rule.name(), RouteMatch.EVERYTHING, action));
        }
        return rule.matches().stream()
                .filter(match -> concerns(match, service, caller))
                .map(match -> route(rule, rule.nameOf(match), match.request().routeMatch(), action))
                .toList();
    }

    private static Route route(HttpRule rule, String name, RouteMatch match, RouteAction action) {
        var treatment = rule.treatment();
        return new Route(
                name,
                rule.place().origin(),
                match,
                action,
                treatment.headerChanges(),
                treatment.fault(),
                treatment.cors());
    }

    /** Conditions on the caller are decided here: the proxy never sees routes of others. */
    private static boolean concerns(Match match, VirtualService service, Caller caller) {
        return CallerConditions.unmet(match, service, caller.pod(), caller.gateway(), caller.port())
                .isEmpty();
    }

    private RouteAction action(VirtualService service, HttpRule rule, Caller caller) {
        return rule.redirect()
                .<RouteAction>map(redirect -> redirect(redirect, caller))
                .or(() -> rule.treatment().answer())
                .orElseGet(() -> forward(service, rule, caller));
    }

    /** The port that goes without saying is left out of the Location header. */
    private static RouteAction redirect(VirtualService.Redirect redirect, Caller caller) {
        var to = redirect.to();
        int usual = to.scheme().orElse(caller.tls() ? "https" : "http").equals("https") ? 443 : 80;
        var port = redirect.toCalledPort() ? Optional.of(caller.port()) : to.port();
        return new RouteAction.Redirect(
                to.status(), to.scheme(), to.host(), port.filter(p -> p != usual), to.path(), to.prefix());
    }

    private RouteAction forward(VirtualService service, HttpRule rule, Caller caller) {
        var chosen = rule.destinations().stream()
                .filter(d -> d.weight() > 0 || rule.destinations().size() == 1)
                .toList();
        var to = chosen.stream().map(d -> destination(service, d, caller)).toList();
        var consistent = chosen.stream()
                .flatMap(d -> consistent(service, d, caller).stream())
                .toList();
        boolean byHash = rule.destinations().size() == 1 && !consistent.isEmpty();
        var treatment = rule.treatment();
        var retries = treatment.retries().orElse(defaultRetries);
        return new RouteAction.Forward(
                to,
                treatment.timeout(),
                rewrite(treatment, to),
                (byHash ? retries.ofHash() : retries).written(),
                mirrors(service, treatment, caller),
                consistent.stream().flatMap(c -> c.hashing().stream()).toList(),
                service.gatewayApi() ? Optional.of(INTERNAL_ERROR) : Optional.empty());
    }

    private Optional<Consistent> consistent(VirtualService owner, Destination destination, Caller caller) {
        return destinations
                .service(owner, destination, caller)
                .flatMap(service -> hashes.of(caller.pod(), service, destination.port(), destination.subset()));
    }

    /** Of a rule with one destination, the host may be changed by either; the rule's word goes first. */
    private static Rewrite rewrite(Treatment treatment, List<RouteAction.Destination> destinations) {
        var rewrite = treatment.rewriteWithHost();
        var host = destinations.size() == 1 ? destinations.getFirst().host() : Optional.<String>empty();
        return new Rewrite(rewrite.prefix(), rewrite.regex(), rewrite.host().or(() -> host));
    }

    private List<Mirror> mirrors(VirtualService service, Treatment treatment, Caller caller) {
        return treatment.mirroring().all().stream()
                .map(copy -> new Mirror(destinations.cluster(service, copy.destination(), caller), copy.share()))
                .toList();
    }

    private RouteAction.Destination destination(VirtualService service, Destination destination, Caller caller) {
        return new RouteAction.Destination(
                destinations.cluster(service, destination, caller),
                destination.weight(),
                destination.headers(),
                destination.authority());
    }
}
