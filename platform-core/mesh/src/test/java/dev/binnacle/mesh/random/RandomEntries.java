package dev.binnacle.mesh.random;

import dev.binnacle.mesh.random.RandomHost.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ServiceEntries of all kinds, and WorkloadEntries for those that select. */
final class RandomEntries {
    /** From here on ports have but one host: a ServiceEntry for TCP without an address takes it for itself. */
    private static final int OPEN = 7400;

    private static final List<String> HOSTS =
            List.of("api.example.com", "db.example.com", "shop.test", "www.example.org", "stock.internal");

    private final Pick pick;
    private final Documents documents;
    private final List<RandomHost> hosts = new ArrayList<>();

    RandomEntries(Pick pick, Documents documents) {
        this.pick = pick;
        this.documents = documents;
        for (int i = pick.of(0, 1, 1, 2, 3); i > 0; i--) {
            entry(i, pick.of("default", "shop", "ops", "istio-system"));
        }
    }

    List<RandomHost> hosts() {
        return hosts;
    }

    private void entry(int number, String namespace) {
        String name = "entry-" + number;
        var ports = new ArrayList<Port>();
        var resolution = pick.of("DNS", "DNS", "STATIC", "STATIC", "NONE", "DNS_ROUND_ROBIN");
        var spec = pick.fields();
        spec.with("hosts", pick.chance(85) ? List.of(pick.from(HOSTS)) : List.of("a.example.net", "b.example.net"));
        if (resolution.equals("NONE") && pick.chance(40)) {
            spec.with("hosts", List.of(pick.of("*.example.com", "*.wild.test")));
        }
        if (((List<?>) spec.get("hosts")).size() == 1) {
            // With one address two hosts would clash in a cluster.
            spec.maybe(20, "addresses", () -> List.of("240.0.0." + number));
        }
        spec.with("ports", portsOf(ports, OPEN + number, ((List<?>) spec.get("hosts")).size() == 1));
        spec.maybe(70, "location", () -> pick.of("MESH_EXTERNAL", "MESH_INTERNAL"));
        if (!resolution.equals("NONE") || pick.chance(50)) {
            spec.with("resolution", resolution);
        }
        behind(resolution, namespace, name, spec, ports);
        spec.maybe(20, "exportTo", () -> List.of(pick.of("*", ".", "shop", "default", "~")));
        spec.maybe(10, "subjectAltNames", () -> List.of("spiffe://cluster.local/ns/other/sa/one", "api.example.com"));
        if (hosts.stream()
                .anyMatch(known ->
                        known.namespace().equals(namespace) && ((List<?>) spec.get("hosts")).contains(known.host()))) {
            return; // of two in one namespace Istio takes the endpoints of both
        }
        documents.add("ServiceEntry", namespace, name, spec);
        for (Object host : (List<?>) spec.get("hosts")) {
            hosts.add(new RandomHost((String) host, namespace, (String) host, ports, List.of("v1", "v2")));
        }
    }

    /** Several hosts of one entry have no TCP port: in a cluster they would clash at it. */
    private List<Object> portsOf(List<Port> ports, int open, boolean tcp) {
        var result = new ArrayList<>();
        for (int number :
                pick.of(List.of(80), List.of(443), List.of(80, 443), List.of(open), List.of(8080), List.of(open, 80))) {
            String protocol = number == 443
                    ? pick.of("HTTPS", "TLS")
                    : number == open
                            ? pick.of(tcp ? "TCP" : "HTTP", tcp ? "MONGO" : "TLS", "HTTP", "TLS")
                            : pick.of("HTTP", "HTTP", "HTTP2", "GRPC", "http");
            String carries = protocol.equals("TCP") || protocol.equals("MONGO")
                    ? "tcp"
                    : protocol.startsWith("TLS") || protocol.equals("HTTPS") ? "tls" : "http";
            var port = new Port(number, "p" + number, carries);
            ports.add(port);
            result.add(pick.fields()
                    .with("number", number)
                    .with("name", port.name())
                    .with("protocol", protocol)
                    .maybe(20, "targetPort", () -> pick.of(8443, 80, 9999)));
        }
        return result;
    }

    private void behind(String resolution, String namespace, String name, Map<String, Object> spec, List<Port> ports) {
        switch (resolution) {
            case "STATIC" -> {
                if (pick.chance(45)) {
                    spec.put("workloadSelector", Map.of("labels", Map.of("app", pick.of("stock", "ledger", name))));
                    workloads(namespace, name, ports);
                } else {
                    spec.put(
                            "endpoints",
                            pick.several(1, 3, () -> endpoint(ports, pick.of("10.9.0.1", "10.9.0.2", "10.9.0.3"))));
                }
            }
            case "DNS" -> {
                if (pick.chance(50)) {
                    spec.put(
                            "endpoints",
                            pick.several(1, 2, () -> endpoint(ports, pick.of("a.far.test", "b.far.test", "10.9.0.9"))));
                }
            }
            case "DNS_ROUND_ROBIN" -> {
                if (pick.chance(50)) {
                    spec.put("endpoints", List.of(endpoint(ports, "a.far.test")));
                }
            }
            default -> {}
        }
    }

    private void workloads(String namespace, String app, List<Port> ports) {
        for (int i = pick.between(0, 2); i > 0; i--) {
            var spec = endpoint(ports, "10.30.0." + i);
            spec.put("labels", Map.of("app", pick.of(app, "stock"), "version", pick.of("v1", "v2")));
            documents.add("WorkloadEntry", pick.chance(90) ? namespace : "ops", app + "-vm-" + i, spec);
        }
    }

    private Map<String, Object> endpoint(List<Port> ports, String address) {
        return pick.fields()
                .with("address", address)
                .maybe(20, "ports", () -> Map.of(ports.getFirst().name(), pick.of(8443, 1234)))
                .maybe(40, "labels", () -> Map.of("version", pick.of("v1", "v2")))
                .maybe(25, "weight", () -> pick.of(1, 10, 30))
                .maybe(20, "locality", () -> pick.of("eu/a/1", "eu/b", "us"))
                .maybe(20, "serviceAccount", () -> pick.of("vm", "robot"));
    }
}
