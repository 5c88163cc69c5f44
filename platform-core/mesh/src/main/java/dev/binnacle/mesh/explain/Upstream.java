package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.explain.Explanation.Policy;
import dev.binnacle.mesh.explain.Explanation.Target;
import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Cluster.EndpointGroup;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.ir.Listener.Inbound;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens behind the route: clusters, their pods, how connections are protected and what the servers accept. */
final class Upstream {
    private final MeshIr mesh;
    private final Origins origins;
    private final OriginationNotes origination;
    private final List<RouteAction.Destination> destinations;
    private final List<Hashing> hashing;
    private final List<Outbound> clusters;

    Upstream(
            MeshIr mesh,
            Origins origins,
            ProxyIr proxy,
            List<RouteAction.Destination> destinations,
            List<Hashing> hashing) {
        this.hashing = hashing;
        this.mesh = mesh;
        this.origins = origins;
        this.origination = new OriginationNotes(new CredentialText(origins, proxy));
        this.destinations = destinations;
        this.clusters = destinations.stream()
                .flatMap(d -> cluster(proxy, d.cluster()).stream())
                .toList();
    }

    private static Optional<Outbound> cluster(ProxyIr proxy, String name) {
        return proxy.clusters().stream()
                .filter(c -> c.name().equals(name))
                .flatMap(c -> c instanceof Outbound outbound ? Stream.of(outbound) : Stream.empty())
                .findFirst();
    }

    List<Target> targets() {
        return destinations.stream()
                .map(destination -> clusters.stream()
                        .filter(c -> c.name().equals(destination.cluster()))
                        .findFirst()
                        .map(c -> target(c, destination))
                        .orElse(nowhere(destination)))
                .toList();
    }

    private Target target(Outbound cluster, RouteAction.Destination destination) {
        var endpoints = cluster.groups().stream()
                .flatMap(group -> group.endpoints().stream().map(endpoint -> pod(endpoint, group)))
                .toList();
        return new Target(
                cluster.name(),
                cluster.service().host(),
                cluster.subset(),
                cluster.port(),
                weight(destination),
                endpoints,
                destination.headers(),
                authority(destination));
    }

    private static Explanation.Pod pod(Endpoint endpoint, EndpointGroup group) {
        return new Explanation.Pod(
                endpoint.pod(),
                endpoint.address(),
                endpoint.port(),
                group.locality().toString(),
                group.priority());
    }

    private Target nowhere(RouteAction.Destination destination) {
        return new Target(
                destination.cluster(),
                "",
                "",
                0,
                weight(destination),
                List.of(),
                destination.headers(),
                authority(destination));
    }

    private @Nullable String authority(RouteAction.Destination destination) {
        return destinations.size() == 1 ? null : destination.host().orElse(null);
    }

    private int weight(RouteAction.Destination destination) {
        return destinations.size() == 1 ? 100 : destination.weight();
    }

    /** Returns the DestinationRules and PeerAuthentications that have a say. */
    List<Policy> policies() {
        var rules = clusters.stream().flatMap(c -> origins.policy(c.rule(), effect(c)).stream());
        var peers = clusters.stream()
                .flatMap(c -> c.endpoints().stream())
                .flatMap(e -> server(e).stream())
                .flatMap(inbound ->
                        origins.policy(inbound.policy(), inbound.mtls() + " at port " + inbound.port()).stream());
        return Stream.concat(rules, peers).distinct().toList();
    }

    private String effect(Outbound cluster) {
        String subset = cluster.subset().isEmpty() ? "" : "subset " + cluster.subset() + ", ";
        String traffic =
                TrafficText.write(cluster.traffic(), cluster.endpoints().size(), hashing);
        return subset + traffic + ", TLS " + tlsOf(cluster.tls());
    }

    private static String tlsOf(Tls tls) {
        return switch (tls) {
            case Tls.None none -> "DISABLE";
            case Tls.Auto auto -> "automatic";
            case Tls.Mutual mutual -> "ISTIO_MUTUAL";
            case Tls.Foreign foreign -> foreign.shown().isPresent() ? "MUTUAL" : "SIMPLE";
        };
    }

    String tls() {
        var kinds = clusters.stream()
                .flatMap(c -> c.endpoints().stream().map(e -> protection(c, e)))
                .distinct()
                .toList();
        if (kinds.isEmpty()) {
            return "none";
        }
        return kinds.size() > 1 ? "mixed" : kinds.getFirst();
    }

    private static String protection(Outbound cluster, Endpoint endpoint) {
        return cluster.tls() instanceof Tls.Foreign ? "tls" : isMutual(cluster, endpoint) ? "mutual" : "plaintext";
    }

    private static boolean isMutual(Outbound cluster, Endpoint endpoint) {
        return switch (cluster.tls()) {
            case Tls.None none -> false;
            case Tls.Auto auto -> endpoint.mtls();
            case Tls.Mutual mutual -> true;
            case Tls.Foreign foreign -> false;
        };
    }

    /**
     * Returns what will go wrong, and what has to go right when TLS begins here.
     *
     * @param missing the status for requests whose cluster does not exist
     */
    List<String> notes(int missing) {
        var result = new ArrayList<String>();
        for (var target : targets()) {
            if (target.host().isEmpty()) {
                result.add("there is no cluster " + target.name() + ": its requests get " + missing + " (NC)");
            } else if (target.endpoints().isEmpty()) {
                result.add(target.name() + " has no ready endpoint: its requests get 503 (UH)");
            }
        }
        for (var cluster : clusters) {
            for (var endpoint : cluster.endpoints()) {
                server(endpoint)
                        .flatMap(inbound -> refusal(isMutual(cluster, endpoint), inbound.mtls()))
                        .ifPresent(why -> result.add(endpoint.pod() + " refuses the connection: " + why));
            }
        }
        clusters.forEach(cluster -> result.addAll(origination.of(cluster.tls())));
        return result.stream().distinct().toList();
    }

    private static Optional<String> refusal(boolean mutual, Mtls accepted) {
        return switch (accepted) {
            case STRICT -> mutual ? Optional.empty() : Optional.of("it accepts mutual TLS only, this is plaintext");
            case DISABLE -> mutual ? Optional.of("it accepts plaintext only, this is mutual TLS") : Optional.empty();
            case PERMISSIVE -> Optional.empty();
        };
    }

    /**
     * Asks the policies of the pods that may get a request or a connection.
     *
     * @param headers what they see, pseudo headers among them; empty for a connection
     */
    void admit(Gate gate, Pod caller, Map<String, String> headers, String path) {
        for (var cluster : clusters) {
            for (var endpoint : cluster.endpoints()) {
                var guard = mesh.proxy(endpoint.pod()).map(ProxyIr::guard);
                var server = server(endpoint);
                if (guard.isPresent() && server.isPresent()) {
                    boolean mutual = isMutual(cluster, endpoint);
                    var arrival = new Arrival(
                            headers,
                            path,
                            Optional.of(caller.spiffe(mesh.settings().trustDomain()))
                                    .filter(identity -> mutual),
                            caller.podIp(),
                            endpoint.address(),
                            endpoint.port(),
                            mutual ? serverName(cluster.tls()) : "",
                            TokenClaims.of(guard.get().tokens(), headers));
                    if (server.get().protocol().isHttp() && !headers.isEmpty()) {
                        gate.limit(endpoint.pod(), server.get().limit());
                        gate.request(endpoint.pod(), guard.get(), arrival);
                    } else {
                        gate.connection(endpoint.pod(), guard.get(), arrival);
                    }
                }
            }
        }
    }

    private static String serverName(Tls tls) {
        return switch (tls) {
            case Tls.Auto(String sni, List<String> identities) -> sni;
            case Tls.Mutual(String sni, List<String> identities) -> sni;
            default -> "";
        };
    }

    private Optional<Inbound> server(Endpoint endpoint) {
        return mesh.proxy(endpoint.pod()).stream()
                .flatMap(p -> p.listeners().stream())
                .flatMap(l -> l instanceof Inbound inbound ? Stream.of(inbound) : Stream.empty())
                .filter(inbound -> inbound.port() == endpoint.port())
                .findFirst();
    }

    /** Returns an upstream for one cluster. */
    static List<RouteAction.Destination> only(String cluster) {
        return List.of(RouteAction.Destination.only(cluster));
    }
}
