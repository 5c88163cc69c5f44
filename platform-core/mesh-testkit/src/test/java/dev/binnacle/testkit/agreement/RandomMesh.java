package dev.binnacle.testkit.agreement;

import com.google.gson.Gson;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.random.Pick;
import dev.binnacle.mesh.random.RandomRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/** Random routing over the pods and Services of {@code world.yaml}, and random requests to it. */
final class RandomMesh {
    private final Pick pick;
    private final List<ManifestFile> files = new ArrayList<>();

    RandomMesh(long seed) {
        this.pick = new Pick(new Random(seed));
        files.add(world());
        gateways();
        destinationRules();
        var rules = new RandomRules(pick, this::destination);
        for (int i = 0; i < pick.between(2, 6); i++) {
            virtualService(i, rules);
        }
    }

    List<ManifestFile> files() {
        return files;
    }

    Manifests manifests() {
        return Translation.read(files).value();
    }

    /** Returns what was made by chance. */
    String text() {
        var result = new StringBuilder();
        files.stream()
                .skip(1)
                .forEach(f ->
                        result.append("--- # ").append(f.name()).append('\n').append(f.text()));
        return result.toString();
    }

    WhyRequest request() {
        var headers = new LinkedHashMap<String, String>();
        for (String name : pick.some(35, "x-a", "x-b", "x-c", "x-user")) {
            headers.put(name, pick.of("jane", "beta", "1", "", "a b", "jane"));
        }
        String from = pick.of(
                "storefront.default",
                "storefront.default",
                "storefront.default",
                "checkout.shop",
                "ingress.istio-system");
        boolean gateway = from.startsWith("ingress");
        String to = gateway
                ? pick.of("shop.example.com", "a.shop.example.com", "example.com", "catalog", "other.test")
                : pick.of(
                        "catalog",
                        "catalog",
                        "catalog.default",
                        "catalog.default.svc.cluster.local",
                        "payments",
                        "payments.default",
                        "reviews.shop",
                        "reviews",
                        "reviews.shop.svc",
                        "empty",
                        "ledger.shop",
                        "shop.example.com",
                        "unknown.test");
        if (pick.chance(10)) {
            headers.put(
                    "host",
                    pick.of("catalog", "CATALOG:8080", "payments:80", "shop.example.com", "reviews.shop:8080", "x"));
        }
        var port = gateway ? pick.of(80, 80, 8081) : port(to);
        return new WhyRequest(
                from, to, Optional.of(port), path(), pick.of("GET", "GET", "POST", "PUT", "DELETE"), headers);
    }

    private int port(String host) {
        if (host.startsWith("ledger")) {
            return 7000;
        }
        if (host.startsWith("payments") || host.startsWith("shop.")) {
            return pick.of(8080, 80);
        }
        return host.startsWith("catalog") ? pick.of(8080, 8080, 8080, 9000, 81) : 8080;
    }

    private String path() {
        String path = pick.of(
                "/",
                "/a",
                "/a/",
                "/a/b",
                "/A/B",
                "/items",
                "/items/7",
                "/ITEMS/42",
                "/items/7/x",
                "/b",
                "/b/c",
                "/api/v1",
                "/api/v12",
                "/a/../b",
                "/a/./b",
                "/items/..",
                "//a",
                "/a//b",
                "/a%2Fb",
                "/%61",
                "/a%20b",
                "/items/%2e%2e/a",
                "/a\\b",
                "/a;p=1");
        return pick.chance(40)
                ? path + "?"
                        + pick.of("v=1", "v=jane", "w=beta&v=1", "v", "v=", "v=a%20b", "v=a+b", "v=2&v=1", "x=%zz", "")
                : path;
    }

    private static ManifestFile world() {
        try (var in = RandomMesh.class.getResourceAsStream("/agreement/world.yaml")) {
            return new ManifestFile(
                    "world.yaml", new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void gateways() {
        var http = Map.of("number", 80, "name", "http", "protocol", "HTTP");
        var other = Map.of("number", 8081, "name", "http-other", "protocol", "HTTP");
        var servers = new ArrayList<Object>();
        servers.add(Map.of(
                "port", http, "hosts", pick.of(List.of("*"), List.of("*.example.com"), List.of("shop.example.com"))));
        if (pick.chance(50)) {
            var server = new LinkedHashMap<String, Object>();
            server.put("port", other);
            server.put("hosts", List.of("*"));
            if (pick.chance(30)) {
                server.put("tls", Map.of("httpsRedirect", true));
            }
            servers.add(server);
        }
        add("Gateway", "edge", Map.of("selector", Map.of("istio", "ingressgateway"), "servers", servers));
    }

    private void destinationRules() {
        destinationRule("catalog.default.svc.cluster.local", "v1", "v2");
        if (pick.chance(80)) {
            destinationRule("reviews.shop.svc.cluster.local", "v1", "v2", "v3");
        }
    }

    private void destinationRule(String host, String... versions) {
        var subsets = pick.some(85, versions).stream()
                .map(version -> Map.of("name", version, "labels", Map.of("version", version)))
                .toList();
        if (!subsets.isEmpty()) {
            var spec = new LinkedHashMap<String, Object>();
            spec.put("host", host);
            spec.put("subsets", subsets);
            if (pick.chance(50)) {
                spec.put("trafficPolicy", Map.of("loadBalancer", balancer()));
            }
            add("DestinationRule", host.substring(0, host.indexOf('.')), spec);
        }
    }

    private Map<String, Object> balancer() {
        return pick.of(
                Map.<String, Object>of("simple", "ROUND_ROBIN"),
                Map.<String, Object>of("simple", "RANDOM"),
                Map.<String, Object>of("consistentHash", Map.of("httpHeaderName", "x-user")),
                Map.<String, Object>of("consistentHash", Map.of("httpQueryParameterName", "v")));
    }

    private void virtualService(int number, RandomRules rules) {
        var spec = new LinkedHashMap<String, Object>();
        boolean edge = pick.chance(40);
        var hosts = edge
                ? pick.of(List.of("*"), List.of("shop.example.com"), List.of("*.example.com"), List.of("*.com"))
                : pick.of(
                        List.of("catalog"),
                        List.of("catalog"),
                        List.of("catalog", "payments"),
                        List.of("payments.default.svc.cluster.local"),
                        List.of("reviews.shop.svc.cluster.local"),
                        List.of("*.shop.svc.cluster.local"),
                        List.of("shop.example.com"));
        spec.put("hosts", hosts);
        if (edge || pick.chance(20)) {
            boolean mesh = !hosts.equals(List.of("*")) && pick.chance(40);
            spec.put("gateways", mesh ? List.of("mesh", "edge") : edge ? List.of("edge") : List.of("mesh"));
        }
        spec.put("http", pick.several(1, 5, rules::rule));
        add("VirtualService", "vs-" + number, spec);
    }

    private Map<String, Object> destination() {
        var result = new LinkedHashMap<String, Object>();
        switch (pick.between(0, 9)) {
            case 0 -> result.put("host", "payments");
            case 1, 2, 3 -> {
                result.put("host", "reviews.shop.svc.cluster.local");
                subset(result, "v1", "v2", "v3");
            }
            case 4 -> result.put("host", pick.of("empty.default.svc.cluster.local", "nowhere.example.com"));
            default -> {
                result.put("host", "catalog.default.svc.cluster.local");
                subset(result, "v1", "v2", "none");
            }
        }
        if (pick.chance(70)) {
            result.put("port", Map.of("number", 8080));
        }
        return result;
    }

    private void subset(Map<String, Object> destination, String... names) {
        if (pick.chance(60)) {
            destination.put("subset", pick.of(names));
        }
    }

    private void add(String kind, String name, Map<String, Object> spec) {
        var resource = new LinkedHashMap<String, Object>();
        resource.put("apiVersion", "networking.istio.io/v1");
        resource.put("kind", kind);
        resource.put("metadata", Map.of("name", name, "namespace", "default"));
        resource.put("spec", spec);
        files.add(new ManifestFile(name + "-" + kind + ".yaml", lines(new Gson().toJson(resource))));
    }

    /** Each rule on a line of its own, so that origins differ. */
    private static String lines(String json) {
        return json.replace("{\"name\":\"rule-", "\n{\"name\":\"rule-") + "\n";
    }
}
