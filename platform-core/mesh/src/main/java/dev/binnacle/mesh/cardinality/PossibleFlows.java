package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.ServiceName;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The traffic that a mesh's manifests allow: every proxy calls every service that its routes lead to, but not that of its own
 * workload. Who calls nobody in truth counts too, so this is the most that edges can make; hosts that no manifest names are left out.
 */
public final class PossibleFlows {
    private static final String UNKNOWN = "unknown";

    private final Map<String, ProxyIr> proxies;
    private final int outcomes;
    private final Set<Flow> flows = new LinkedHashSet<>();

    private PossibleFlows(MeshIr mesh, Assumptions assumptions) {
        this.proxies = mesh.byId();
        this.outcomes = assumptions.outcomes();
    }

    /** Returns it. */
    public static Set<Flow> of(MeshIr mesh, Assumptions assumptions) {
        var possible = new PossibleFlows(mesh, assumptions);
        possible.proxies.values().stream()
                .filter(proxy -> !proxy.listeners().isEmpty())
                .forEach(possible::addCaller);
        return possible.flows;
    }

    private void addCaller(ProxyIr caller) {
        for (var cluster : Reach.of(caller)) {
            var endpoints = cluster.endpoints();
            if (endpoints.isEmpty()) {
                add(caller.id(), cluster.protocol(), atClient(caller.self(), Map.of(), cluster.service()));
            } else if (endpoints.stream().noneMatch(endpoint -> isOf(caller.self(), endpoint.identity()))) {
                endpoints.forEach(endpoint -> addEdge(caller, cluster, endpoint));
            }
        }
    }

    private static boolean isOf(Identity one, Identity other) {
        return one.workload().equals(other.workload()) && one.namespace().equals(other.namespace());
    }

    private void addEdge(ProxyIr caller, Outbound cluster, Endpoint endpoint) {
        var answering = peer("destination", endpoint.identity());
        add(caller.id(), cluster.protocol(), atClient(caller.self(), answering, cluster.service()));
        var server = proxies.get(endpoint.pod());
        if (server != null) {
            Reach.arrivals(server, endpoint)
                    .forEach(inbound ->
                            add(server.id(), inbound.protocol(), atServer(caller, server, endpoint, inbound)));
        }
    }

    private static Map<String, String> atClient(Identity self, Map<String, String> answering, ServiceName service) {
        var labels = new HashMap<>(peer("source", self));
        labels.putAll(answering);
        labels.put("reporter", "source");
        labels.put("connection_security_policy", UNKNOWN);
        put(labels, service);
        return labels;
    }

    private static Map<String, String> atServer(
            ProxyIr caller, ProxyIr server, Endpoint endpoint, Listener.Inbound inbound) {
        var labels = new HashMap<>(peer("source", caller.self()));
        labels.putAll(peer("destination", server.self()));
        labels.put("reporter", "destination");
        labels.put("connection_security_policy", endpoint.mtls() ? "mutual_tls" : "none");
        put(labels, inbound.service());
        return labels;
    }

    private static void put(Map<String, String> labels, ServiceName service) {
        labels.put("destination_service", service.host());
        labels.put("destination_service_name", service.name());
        labels.put("destination_service_namespace", service.namespace());
    }

    /** Principals are service accounts, of which each workload has one: its name stands for it. */
    static Map<String, String> peer(String side, Identity identity) {
        return Map.of(
                side + "_workload", identity.workload(),
                side + "_workload_namespace", identity.namespace(),
                side + "_app", identity.app(),
                side + "_version", identity.version(),
                side + "_canonical_service", identity.canonicalService(),
                side + "_canonical_revision", identity.canonicalRevision(),
                side + "_principal", identity.namespace() + "/" + identity.workload(),
                side + "_cluster", "Kubernetes");
    }

    private void add(String proxy, Protocol protocol, Map<String, String> edge) {
        var families = protocol.isHttp() ? List.of(Family.REQUESTS) : List.of(Family.OPENED, Family.CLOSED);
        for (int outcome = 1; outcome <= outcomes; outcome++) {
            var labels = new HashMap<>(edge);
            labels.put("response_flags", outcome == 1 ? "-" : "flags " + outcome);
            if (protocol.isHttp()) {
                labels.put("response_code", outcome == 1 ? "200" : "code " + outcome);
            }
            if (protocol == Protocol.GRPC) {
                labels.put("grpc_response_status", outcome == 1 ? "0" : "status " + outcome);
            }
            labels.put("request_protocol", name(protocol));
            families.forEach(family -> flows.add(new Flow(proxy, family, labels)));
        }
    }

    private static String name(Protocol protocol) {
        return switch (protocol) {
            case HTTP, HTTP2 -> "http";
            case GRPC -> "grpc";
            case TCP, TLS -> "tcp";
        };
    }
}
