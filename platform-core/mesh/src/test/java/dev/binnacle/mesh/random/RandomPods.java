package dev.binnacle.mesh.random;

import dev.binnacle.mesh.random.RandomHost.Port;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services and the Deployments behind them, in several namespaces. */
final class RandomPods {
    private static final String[] NAMES = {"catalog", "payments", "reviews", "ledger", "orders", "stock"};

    private final Pick pick;
    private final Documents documents;
    private final List<RandomHost> hosts = new ArrayList<>();
    private final Set<String> pods = new LinkedHashSet<>();

    RandomPods(Pick pick, Documents documents) {
        this.pick = pick;
        this.documents = documents;
        client("default");
        client("shop");
        gateway();
        for (String name : pick.some(55, NAMES)) {
            service(name, pick.of("default", "default", "shop", "shop", "ops"));
        }
        if (hosts.isEmpty()) {
            service("catalog", "default");
        }
        if (pick.chance(15)) { // the same name once more, elsewhere
            service(hosts.getFirst().name(), hosts.getFirst().namespace().equals("ops") ? "default" : "ops");
        }
    }

    List<RandomHost> hosts() {
        return hosts;
    }

    /** Returns the pods whose proxies are compared. */
    List<String> proxies() {
        return List.copyOf(pods);
    }

    private void client(String namespace) {
        var labels = pick.fields().with("app", "client").maybe(30, "version", () -> pick.of("v1", "v2"));
        locality(labels);
        deployment("client", namespace, labels, List.of(), 0);
        pods.add("client-0." + namespace);
    }

    private void gateway() {
        var ports = List.of(new Port(8080, "http", "http"), new Port(8081, "tcp", "tcp"));
        deployment("edge", "istio-system", pick.fields().with("istio", "edge"), ports, 0);
        var spec = pick.fields().with("selector", Map.of("istio", "edge"));
        spec.with(
                "ports",
                List.of(
                        Map.of("name", "http2", "port", 80, "targetPort", 8080),
                        Map.of("name", "tcp", "port", 7000, "targetPort", 8081)));
        documents.add("Service", "istio-system", "edge", spec);
        pods.add("edge-0.istio-system");
    }

    private void service(String name, String namespace) {
        var ports = ports();
        var versions = new ArrayList<>(pick.some(60, "v1", "v2", "v3"));
        var spec = pick.fields().with("selector", Map.of("app", name));
        spec.with("ports", ports.stream().map(this::port).toList());
        // The only pod of a headless Service has no listener for it in a cluster; here it calls itself.
        spec.maybe(versions.size() < 2 ? 0 : 6, "clusterIP", () -> "None");
        documents.add("Service", namespace, name, spec);
        if (pick.chance(15)) {
            documents
                    .all()
                    .getLast()
                    .put(
                            "metadata",
                            pick.fields()
                                    .with("name", name)
                                    .with("namespace", namespace)
                                    .with(
                                            "annotations",
                                            Map.of("networking.istio.io/exportTo", pick.of("*", ".", "shop,default"))));
        }
        for (String version : versions) {
            versioned(name, namespace, version, ports);
        }
        hosts.add(new RandomHost(name, namespace, name + "." + namespace + ".svc.cluster.local", ports, versions));
    }

    private void versioned(String name, String namespace, String version, List<Port> ports) {
        var labels = pick.fields().with("app", name).with("version", version);
        labels.maybe(20, "tier", () -> pick.of("gold", "silver"));
        locality(labels);
        if (pick.chance(10)) {
            labels.put("sidecar.istio.io/inject", "false");
        } else if (pick.chance(25)) {
            pods.add(name + "-" + version + "-0." + namespace);
        }
        deployment(name + "-" + version, namespace, labels, ports, pick.of(1, 1, 2));
    }

    private void locality(Map<String, Object> labels) {
        if (pick.chance(40)) {
            labels.put("istio-locality", pick.of("eu.a.1", "eu.a.2", "eu.b", "us", "us.c.3"));
        }
    }

    private List<Port> ports() {
        var result = new ArrayList<Port>();
        var numbers = new ArrayList<>(List.of(8080, 9000, 80, 7000, 443, 3306));
        for (int i = pick.of(1, 1, 2, 3); i > 0; i--) {
            int number = pick.chance(60) ? numbers.getFirst() : pick.from(numbers);
            numbers.remove((Integer) number);
            result.add(port(number, result.size()));
        }
        return result;
    }

    private Port port(int number, int index) {
        String suffix = index == 0 && pick.chance(60) ? "" : "-" + index;
        String protocol = pick.of(
                "http",
                "http",
                "http",
                "http2",
                "grpc",
                "tcp",
                "tcp",
                "tls",
                "https",
                "mongo",
                "mysql",
                "redis",
                "grpc-web");
        return new Port(
                number,
                protocol + suffix,
                switch (protocol) {
                    case "http", "http2", "grpc", "grpc-web" -> "http";
                    case "tls", "https" -> "tls";
                    default -> "tcp";
                });
    }

    private Map<String, Object> port(Port port) {
        return pick.fields()
                .with("name", port.name())
                .with("port", port.number())
                .maybe(50, "targetPort", () -> pick.chance(50) ? port.number() : port.name())
                .maybe(5, "appProtocol", () -> pick.of("http", "tcp", "grpc", "kubernetes.io/h2c"));
    }

    private void deployment(String name, String namespace, Map<String, Object> labels, List<Port> ports, int replicas) {
        var container = pick.fields().with("name", "app");
        if (!ports.isEmpty()) {
            container.with(
                    "ports",
                    ports.stream()
                            .map(port -> Map.of("name", port.name(), "containerPort", port.number()))
                            .toList());
        }
        var pod = pick.fields().with("containers", List.of(container));
        pod.maybe(20, "serviceAccountName", () -> pick.of("robot", "human"));
        var metadata = pick.fields().with("labels", labels);
        if (labels.containsKey("istio")) {
            metadata.with("annotations", Map.of("inject.istio.io/templates", "gateway"));
        }
        var spec = pick.fields().with("selector", Map.of("matchLabels", labels));
        if (replicas > 1) {
            spec.with("replicas", replicas);
        }
        documents.add("Deployment", namespace, name, spec.with("template", Map.of("metadata", metadata, "spec", pod)));
    }
}
