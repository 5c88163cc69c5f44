package dev.binnacle.mesh.compile.gateway;

import dev.binnacle.mesh.compile.ConnectionRoutes;
import dev.binnacle.mesh.compile.RouteCompiler.Caller;
import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.GatewayChain.Content;
import dev.binnacle.mesh.ir.ServerTls;
import dev.binnacle.mesh.ir.ServerTls.Clients;
import dev.binnacle.mesh.ir.TcpRoute;
import dev.binnacle.mesh.istio.CredentialName;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What becomes of the connections to one port of a gateway's pod. */
final class GatewayChains {
    private static final String ANY = "*";

    private final Registry registry;
    private final ConnectionRoutes connections;

    GatewayChains(Registry registry, ConnectionRoutes connections) {
        this.registry = registry;
        this.connections = connections;
    }

    List<GatewayChain> of(Pod pod, List<Exposed> servers) {
        var passedOn = new HashSet<String>();
        var all = Stream.concat(
                        servers.stream()
                                .filter(exposed -> !isPlainHttp(exposed))
                                .flatMap(e -> chains(pod, e, passedOn)),
                        servers.stream()
                                .filter(GatewayChains::isPlainHttp)
                                .limit(1)
                                .map(GatewayChains::requests))
                .toList();
        return distinct(all);
    }

    /** All servers of plain HTTP share one chain, which takes what no other does. */
    private static boolean isPlainHttp(Exposed exposed) {
        return SharedPorts.isPlain(exposed) && exposed.server().isHttp();
    }

    private static GatewayChain requests(Exposed exposed) {
        return chain(exposed, List.of(), Optional.empty(), new Content.Requests(exposed.routeTable()));
    }

    private Stream<GatewayChain> chains(Pod pod, Exposed exposed, Set<String> passedOn) {
        var settings = exposed.server().tls();
        if (exposed.server().passesThrough()) {
            return passedThrough(pod, exposed, passedOn);
        }
        var names = settings.isEmpty() ? List.<String>of() : exposed.names();
        var tls = settings.map(GatewayChains::tls);
        return exposed.server().isHttp()
                ? Stream.of(chain(exposed, names, tls, new Content.Requests(exposed.routeTable())))
                : bytes(pod, exposed).map(route -> chain(exposed, names, tls, new Content.Bytes(route))).stream();
    }

    /** Without a rule there is nobody to connect to, so there is nothing, as in Istio. */
    private Optional<TcpRoute> bytes(Pod pod, Exposed exposed) {
        return connections.atGateway(bound(pod, exposed), caller(pod, exposed));
    }

    /** A condition of which another one took a name before is left out as a whole. */
    private Stream<GatewayChain> passedThrough(Pod pod, Exposed exposed, Set<String> taken) {
        var result = new ArrayList<GatewayChain>();
        for (var route : connections.atGatewayByName(bound(pod, exposed), caller(pod, exposed))) {
            if (route.names().stream().noneMatch(taken::contains)) {
                taken.addAll(route.names());
                result.add(chain(exposed, route.names(), Optional.empty(), new Content.Bytes(route)));
            }
        }
        return result.stream();
    }

    private List<VirtualService> bound(Pod pod, Exposed exposed) {
        return registry.scope(pod).virtualServices().stream()
                .filter(service -> Gateways.isBound(service, exposed.gateway())
                        && !Gateways.hosts(service, exposed.gateway(), exposed.server())
                                .isEmpty())
                .toList();
    }

    static Caller caller(Pod pod, Exposed exposed) {
        boolean tls = exposed.server().tls().isPresent() || exposed.server().httpsRedirect();
        return new Caller(
                pod, Gateways.idOf(exposed.gateway()), exposed.server().port(), tls);
    }

    private static GatewayChain chain(Exposed exposed, List<String> names, Optional<ServerTls> tls, Content content) {
        return new GatewayChain(
                names.contains(ANY) ? List.of() : names,
                tls,
                content,
                exposed.title(),
                exposed.server().port(),
                exposed.server().place().origin());
    }

    private static ServerTls tls(ServerTlsSettings settings) {
        return new ServerTls(
                settings.certificates().stream().map(CredentialName::text).toList(),
                settings.authorities()
                        .<Clients>map(authorities -> new Clients.Certified(
                                settings.mode() != ServerTlsSettings.Mode.OPTIONAL_MUTUAL,
                                authorities.text(),
                                settings.names(),
                                settings.keys(),
                                settings.hashes(),
                                settings.untrusted()))
                        .orElseGet(Clients.Anyone::new),
                settings.versions(),
                settings.ciphers());
    }

    /** Envoy refuses a listener that has two chains for one name: the first one counts. */
    private static List<GatewayChain> distinct(List<GatewayChain> chains) {
        var taken = new HashSet<String>();
        var result = new ArrayList<GatewayChain>();
        for (var chain : chains) {
            var names = chain.names().isEmpty() ? List.of(ANY) : chain.names();
            var free = names.stream().filter(taken::add).toList();
            if (!free.isEmpty()) {
                result.add(new GatewayChain(
                        chain.names().isEmpty() ? List.of() : free,
                        chain.tls(),
                        chain.content(),
                        chain.server(),
                        chain.port(),
                        chain.origin()));
            }
        }
        return List.copyOf(result);
    }
}
