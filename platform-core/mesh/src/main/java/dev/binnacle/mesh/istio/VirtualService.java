package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where requests for some hosts go.
 *
 * @param hosts as written: short names belong to the VirtualService's namespace; none in one that others delegate to
 * @param gateways as written; {@code mesh} means the sidecars, which is also what none means
 * @param http in the order written: the first rule that matches decides
 * @param tcp rules for connections to ports that carry neither HTTP nor TLS
 * @param tls rules for connections to ports that carry TLS
 * @param exports whose pods follow it; empty when it does not say
 * @param gatewayApi whether it is what routes of Gateway API mean, some of which differs
 */
public record VirtualService(
        ResourceRef ref,
        Origin origin,
        List<Placed> hosts,
        List<Placed> gateways,
        List<HttpRule> http,
        List<ConnectionRule> tcp,
        List<ConnectionRule> tls,
        Optional<Exports> exports,
        boolean gatewayApi)
        implements Resource {
    /** The word for all sidecars among gateways. */
    public static final String MESH = "mesh";

    public VirtualService {
        hosts = List.copyOf(hosts);
        gateways = List.copyOf(gateways);
        http = List.copyOf(http);
        tcp = List.copyOf(tcp);
        tls = List.copyOf(tls);
    }

    /** Returns the same with other rules for HTTP. */
    public VirtualService withHttp(List<HttpRule> rules) {
        return new VirtualService(ref, origin, hosts, gateways, rules, tcp, tls, exports, gatewayApi);
    }

    /**
     * Returns {@code namespace/name} of the gateway that a VirtualService in {@code namespace} names; {@code mesh} stays. It was
     * once written like a Service's host.
     */
    public static String gatewayName(String name, String namespace) {
        if (name.contains("/") || name.equals(MESH)) {
            return name;
        }
        var labels = List.of(name.split("\\.", 3));
        return labels.size() > 1 ? labels.get(1) + "/" + labels.getFirst() : namespace + "/" + name;
    }

    /** Tells whether sidecars follow it. */
    public boolean isForMesh() {
        return gateways.isEmpty() || gateways.stream().anyMatch(g -> g.text().equals(MESH));
    }

    /**
     * One rule.
     *
     * @param name the user's name; empty when there is none
     * @param matches the rule applies when one of them holds, or always when there is none
     * @param redirect sends the client elsewhere, instead of any destination
     * @param delegate whose rules take this rule's place, for the requests that match both
     * @param treatment what else is done
     */
    public record HttpRule(
            String name,
            Place place,
            List<Match> matches,
            List<Destination> destinations,
            Optional<Redirect> redirect,
            Optional<Delegate> delegate,
            Treatment treatment) {
        /** Tells whether no request gets past this rule, whoever sends it. */
        public boolean takesEverything() {
            return matches.isEmpty() || matches.stream().anyMatch(Match::takesEverything);
        }

        /** Returns the same under other conditions. */
        public HttpRule withMatches(List<Match> others) {
            return new HttpRule(name, place, others, destinations, redirect, delegate, treatment);
        }

        /** Returns the name of the route that one of the conditions makes. */
        public String nameOf(Match match) {
            return match.name().isEmpty() ? name : name + "." + match.name();
        }
    }

    /**
     * A VirtualService without hosts.
     *
     * @param namespace empty for that of the one that delegates
     */
    public record Delegate(String name, Optional<String> namespace, Place place) {}

    /**
     * Sends the client elsewhere.
     *
     * @param toCalledPort whether the client is to call the same port again
     */
    public record Redirect(RouteAction.Redirect to, boolean toCalledPort) {}

    /**
     * One condition on requests and on who sends them.
     *
     * @param port the port the client called, if it matters
     * @param gateways for which of the VirtualService's gateways it holds; for all when empty
     */
    public record Match(
            String name,
            Place place,
            Condition request,
            Optional<Integer> port,
            Map<String, String> sourceLabels,
            Optional<String> sourceNamespace,
            Set<String> gateways)
            implements CallerMatch {
        /** Tells whether every request of everyone matches. */
        public boolean takesEverything() {
            return request.routeMatch().takesEverything()
                    && port.isEmpty()
                    && sourceLabels.isEmpty()
                    && sourceNamespace.isEmpty()
                    && gateways.isEmpty();
        }

        /** Returns the same with other names of gateways. */
        public Match withGateways(Set<String> names) {
            return new Match(name, place, request, port, sourceLabels, sourceNamespace, names);
        }
    }

    /**
     * A share of the requests of a rule.
     *
     * @param subset empty for all pods of the host
     * @param authority the host that its requests are given
     */
    public record Destination(
            String host,
            String subset,
            Optional<Integer> port,
            int weight,
            HeaderChanges headers,
            Optional<String> authority,
            Place place,
            Place hostPlace,
            Place subsetPlace) {
        /** Returns the same with another name for the host. */
        public Destination withHost(String name) {
            return new Destination(name, subset, port, weight, headers, authority, place, hostPlace, subsetPlace);
        }
    }
}
