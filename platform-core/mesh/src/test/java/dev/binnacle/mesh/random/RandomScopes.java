package dev.binnacle.mesh.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What says who sees what, and who speaks mutual TLS: gateways, Sidecars, PeerAuthentications, the mesh configuration. */
final class RandomScopes {
    private static final String ROOT = "istio-system";

    private final Pick pick;
    private final Documents documents;
    private final List<RandomHost> hosts;

    RandomScopes(Pick pick, Documents documents, List<RandomHost> hosts) {
        this.pick = pick;
        this.documents = documents;
        this.hosts = hosts;
        gateway("edge");
        if (pick.chance(30)) {
            gateway("other");
        }
        for (String namespace : pick.some(12, "default", "shop", ROOT)) {
            sidecar(namespace);
        }
        for (int i = pick.of(0, 0, 0, 1, 2); i > 0; i--) {
            peers(i);
        }
        if (pick.chance(20)) {
            meshConfig();
        }
    }

    private void gateway(String name) {
        var spec = pick.fields().with("selector", Map.of("istio", "edge"));
        var servers = new ArrayList<>();
        servers.add(server(80, pick.of("HTTP", "HTTP", "HTTP2", "GRPC")));
        if (pick.chance(35)) {
            servers.add(server(7000, pick.of("TCP", "TCP", "HTTP", "MONGO")));
        }
        if (pick.chance(10)) {
            servers.add(server(80, "HTTP"));
        }
        documents.add("Gateway", ROOT, name, spec.with("servers", servers));
    }

    private Map<String, Object> server(int number, String protocol) {
        var host = pick.of(
                "*",
                "*",
                "*.example.com",
                "shop.example.com",
                "*/api.example.com",
                "./*",
                "default/*",
                "shop/shop.example.com");
        return pick.fields()
                .with(
                        "port",
                        Map.of("number", number, "name", "p" + number + "-" + pick.of("a", "b"), "protocol", protocol))
                .with("hosts", List.of(host))
                .maybe(protocol.equals("HTTP") ? 8 : 0, "tls", () -> Map.of("httpsRedirect", true));
    }

    private void sidecar(String namespace) {
        var words = pick.several(
                1,
                3,
                () -> pick.of(
                        "./*",
                        "*/*",
                        "shop/*",
                        "ops/*",
                        "istio-system/*",
                        "*/" + pick.from(hosts).host(),
                        "~/*",
                        "*/*.example.com",
                        "*/*.svc.cluster.local"));
        var spec = pick.fields();
        if (!namespace.equals(ROOT)) {
            spec.maybe(30, "workloadSelector", () -> Map.of("labels", Map.of("app", pick.of("client", "catalog"))));
        }
        spec.maybe(
                90,
                "egress",
                () -> List.of(Map.of("hosts", words.stream().distinct().toList())));
        spec.maybe(25, "outboundTrafficPolicy", () -> Map.of("mode", pick.of("REGISTRY_ONLY", "ALLOW_ANY")));
        documents.add("Sidecar", namespace, "scope", spec);
    }

    private void peers(int number) {
        String namespace = pick.of("default", "shop", "ops", ROOT);
        var spec = pick.fields();
        spec.maybe(85, "mtls", () -> Map.of("mode", pick.of("STRICT", "PERMISSIVE", "DISABLE", "UNSET")));
        if (!namespace.equals(ROOT) && pick.chance(50)) {
            spec.with(
                    "selector",
                    Map.of("matchLabels", Map.of("app", pick.from(hosts).name())));
            spec.maybe(
                    50,
                    "portLevelMtls",
                    () -> Map.of(
                            pick.of("8080", "9000", "7000"),
                            Map.of("mode", pick.of("STRICT", "DISABLE", "PERMISSIVE"))));
        }
        documents.add("PeerAuthentication", namespace, "peers-" + number, spec);
    }

    private void meshConfig() {
        var config = pick.fields()
                .maybe(50, "outboundTrafficPolicy", () -> Map.of("mode", pick.of("REGISTRY_ONLY", "ALLOW_ANY")))
                .maybe(25, "defaultServiceExportTo", () -> List.of(pick.of("*", ".")))
                .maybe(25, "defaultVirtualServiceExportTo", () -> List.of(pick.of("*", ".")))
                .maybe(25, "defaultDestinationRuleExportTo", () -> List.of(pick.of("*", ".")))
                .maybe(25, "enableAutoMtls", () -> pick.of(true, false))
                .maybe(25, "connectTimeout", () -> pick.of("250ms", "3s", "30s"))
                .maybe(25, "h2UpgradePolicy", () -> pick.of("UPGRADE", "DO_NOT_UPGRADE"))
                .maybe(25, "defaultHttpRetryPolicy", this::retries)
                .maybe(25, "localityLbSetting", this::localities);
        documents.add("ConfigMap", ROOT, "istio", "data", Map.of("mesh", Documents.yaml(List.of(config))));
    }

    private Map<String, Object> retries() {
        return pick.chance(30)
                ? Map.of("attempts", 0)
                : pick.fields()
                        .with("attempts", pick.between(1, 4))
                        .maybe(40, "perTryTimeout", () -> pick.of("250ms", "2s"))
                        .maybe(50, "retryOn", () -> pick.of("gateway-error,reset", "503,connect-failure"))
                        .maybe(20, "retryRemoteLocalities", () -> pick.of(true, false))
                        .maybe(20, "retryIgnorePreviousHosts", () -> pick.of(true, false));
    }

    private Map<String, Object> localities() {
        return switch (pick.between(0, 3)) {
            case 0 -> Map.of("enabled", false);
            case 1 ->
                Map.of("distribute", List.of(Map.of("from", pick.of("eu/*", "*"), "to", Map.of("eu/*", 70, "us", 30))));
            case 2 -> Map.of("failover", List.of(Map.of("from", "eu", "to", "us")));
            default -> Map.of("failoverPriority", List.of(pick.of("version", "topology.kubernetes.io/region")));
        };
    }
}
