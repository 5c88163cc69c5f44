package dev.binnacle.mesh.random;

import dev.binnacle.mesh.random.RandomHost.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** VirtualServices: for the mesh, for a gateway, for both; http, tcp, tls; some that others delegate to. */
final class RandomVirtualServices {
    private static final List<String> NAMESPACES = List.of("default", "shop", "ops", "istio-system");

    private final Pick pick;
    private final Documents documents;
    private final List<RandomHost> hosts;
    private final RandomRules rules;
    private final RandomConnectionRules connections;
    private final List<Map<String, String>> delegates = new ArrayList<>();
    private String namespace = "default";

    RandomVirtualServices(Pick pick, Documents documents, List<RandomHost> hosts) {
        this.pick = pick;
        this.documents = documents;
        this.hosts = hosts;
        this.rules = new RandomRules(pick, this::destination);
        this.connections = new RandomConnectionRules(pick, this::destination);
        if (pick.chance(25)) {
            delegate("delegate-1");
            delegate("delegate-2");
        }
        for (int i = pick.between(1, 5); i > 0; i--) {
            add("vs-" + i);
        }
    }

    private void delegate(String name) {
        namespace = pick.from(NAMESPACES);
        var spec = pick.fields().with("http", pick.several(1, 2, this::rule));
        spec.maybe(15, "exportTo", () -> List.of(pick.of("*", ".", "default")));
        documents.add("VirtualService", namespace, name, spec);
        delegates.add(Map.of("name", name, "namespace", namespace));
    }

    private void add(String name) {
        var about = pick.from(hosts);
        namespace = pick.chance(65) ? about.namespace() : pick.from(NAMESPACES);
        var spec = pick.fields();
        if (pick.chance(30)) {
            atGateway(spec, about);
        } else {
            inMesh(spec, about);
        }
        spec.maybe(15, "exportTo", () -> pick.of(List.of("*"), List.of("."), List.of("shop", "default")));
        documents.add("VirtualService", namespace, name, spec);
    }

    private void atGateway(Pick.Fields spec, RandomHost about) {
        var names = pick.of(
                List.of("shop.example.com"),
                List.of("*"),
                List.of("*.example.com"),
                List.of("api.example.com", "shop.example.com"),
                List.of(about.host()));
        spec.with("hosts", names);
        var gateways = new ArrayList<>(List.of("istio-system/edge"));
        if (pick.chance(30) && !names.contains("*")) {
            gateways.addAll(pick.chance(50) ? List.of("mesh") : List.of("istio-system/other", "mesh"));
        }
        spec.with("gateways", gateways);
        if (pick.chance(80)) {
            spec.with("http", pick.several(1, 3, this::rule));
        }
        if (pick.chance(20) || !spec.containsKey("http")) {
            spec.with("tcp", List.of(connections.tcp(List.of(7000, 80))));
        }
    }

    private void inMesh(Pick.Fields spec, RandomHost about) {
        var names = new ArrayList<String>();
        names.add(about.writtenIn(namespace, pick));
        if (pick.chance(15)) {
            names.add(pick.from(hosts).host());
        }
        if (pick.chance(8)) {
            names.set(0, pick.of("*.shop.svc.cluster.local", "*.example.com", "*.svc.cluster.local", "unknown.test"));
        }
        spec.with("hosts", names.stream().distinct().toList());
        spec.maybe(10, "gateways", () -> List.of("mesh"));
        rules(spec, about, names);
    }

    private void rules(Pick.Fields spec, RandomHost about, List<String> names) {
        var ports = about.ports().stream().map(Port::number).toList();
        if (about.carries("http") || pick.chance(10)) {
            spec.with("http", pick.several(1, 3, this::rule));
        }
        if (about.carries("tcp") || pick.chance(5)) {
            spec.with("tcp", pick.several(1, 2, () -> connections.tcp(ports)));
        }
        if (about.carries("tls") || pick.chance(3)) {
            spec.with("tls", pick.several(1, 2, () -> connections.tls(names, ports)));
        }
        if (!spec.containsKey("http") && !spec.containsKey("tcp") && !spec.containsKey("tls")) {
            spec.with("http", List.of(rule()));
        }
    }

    private Map<String, Object> rule() {
        var rule = rules.rule();
        if (!delegates.isEmpty() && pick.chance(25)) {
            return pick.fields()
                    .maybe(100, "name", () -> rule.get("name"))
                    .maybe(rule.containsKey("match") ? 80 : 0, "match", () -> rule.get("match"))
                    .with("delegate", pick.from(delegates));
        }
        if (rule.containsKey("route")) {
            more(rule);
        }
        return rule;
    }

    /** Adds what the rules of other tests do without. */
    private void more(Map<String, Object> rule) {
        rule.putAll(pick.fields()
                .maybe(12, "retries", this::retries)
                .maybe(8, "corsPolicy", this::cors)
                .maybe(5, "timeout", () -> pick.of("0s", "1h", "1.5s")));
        if (rule.containsKey("mirrors") || pick.chance(8)) {
            rule.remove("mirrors");
            if (pick.chance(50)) {
                rule.put("mirror", destination());
                rule.putAll(pick.fields()
                        .maybe(50, "mirrorPercentage", () -> Map.of("value", pick.of(0, 0.5, 42, 100))));
            } else {
                rule.put(
                        "mirrors",
                        pick.several(
                                1,
                                2,
                                () -> pick.fields()
                                        .with("destination", destination())
                                        .maybe(60, "percentage", () -> Map.of("value", pick.of(0, 33.3, 100)))));
            }
        }
    }

    private Map<String, Object> retries() {
        return pick.fields()
                .with("attempts", pick.between(0, 4))
                .maybe(40, "perTryTimeout", () -> pick.of("250ms", "2s"))
                .maybe(
                        50,
                        "retryOn",
                        () -> pick.of("gateway-error,reset", "503,connect-failure", "retriable-4xx", "500, 502"))
                .maybe(15, "backoff", () -> "10ms")
                .maybe(20, "retryRemoteLocalities", () -> pick.of(true, false))
                .maybe(15, "retryIgnorePreviousHosts", () -> pick.of(true, false));
    }

    private Map<String, Object> cors() {
        return pick.fields()
                .with(
                        "allowOrigins",
                        List.of(pick.of(
                                Map.of("exact", "*"),
                                Map.of("prefix", "https://"),
                                Map.of("regex", "https://.*\\.example\\.com"))))
                .maybe(60, "allowMethods", () -> List.of("GET", "POST"))
                .maybe(30, "allowHeaders", () -> List.of("x-a", "x-b"))
                .maybe(30, "exposeHeaders", () -> List.of("x-c"))
                .maybe(30, "maxAge", () -> "24h")
                .maybe(30, "allowCredentials", () -> pick.of(true, false))
                .maybe(20, "unmatchedPreflights", () -> pick.of("FORWARD", "IGNORE"));
    }

    private Map<String, Object> destination() {
        var to = pick.from(hosts);
        var result = new LinkedHashMap<String, Object>();
        result.put("host", pick.chance(96) ? to.writtenIn(namespace, pick) : pick.of("nowhere.example.com", "ghost"));
        if (pick.chance(45)) {
            result.put("subset", pick.of("v1", "v2", "v3"));
        }
        if (pick.chance(60)) {
            result.put(
                    "port",
                    Map.of("number", pick.chance(92) ? pick.from(to.ports()).number() : 8080));
        }
        return result;
    }
}
