package dev.binnacle.mesh.random;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What DestinationRules say about traffic. */
final class RandomPolicies {
    private final Pick pick;

    RandomPolicies(Pick pick) {
        this.pick = pick;
    }

    /** Returns a policy with what only wide ones have. */
    Map<String, Object> wide(List<RandomHost.Port> ports) {
        return settings()
                .maybe(20, "portLevelSettings", () -> List.of(atPort(ports)))
                .maybe(5, "proxyProtocol", () -> Map.of("version", pick.of("V1", "V2")))
                .maybe(
                        8,
                        "retryBudget",
                        () -> Map.of("percent", pick.of(10, 25), "minRetryConcurrency", pick.of(1, 5)));
    }

    private Map<String, Object> atPort(List<RandomHost.Port> ports) {
        int number = pick.chance(85) ? pick.from(ports).number() : 8080;
        return settings().with("port", Map.of("number", number));
    }

    private Pick.Fields settings() {
        return pick.fields()
                .maybe(50, "loadBalancer", this::balancer)
                .maybe(30, "connectionPool", this::pool)
                .maybe(30, "outlierDetection", this::outliers)
                .maybe(25, "tls", this::tls);
    }

    private Map<String, Object> balancer() {
        var result = pick.fields();
        if (pick.chance(65)) {
            result.with(
                    "simple",
                    pick.of("ROUND_ROBIN", "RANDOM", "LEAST_REQUEST", "LEAST_CONN", "UNSPECIFIED", "PASSTHROUGH"));
        } else {
            result.with("consistentHash", hash());
        }
        result.maybe(30, "localityLbSetting", this::byLocality);
        if (!"PASSTHROUGH".equals(result.get("simple"))) {
            result.maybe(
                    10,
                    "warmup",
                    () -> pick.fields()
                            .with("duration", "30s")
                            .maybe(40, "minimumPercent", () -> pick.of(5, 50))
                            .maybe(40, "aggression", () -> pick.of(1.5, 2)));
        }
        return result;
    }

    private Map<String, Object> hash() {
        Map<String, Object> by = pick.of(
                Map.<String, Object>of("httpHeaderName", "x-user"),
                Map.<String, Object>of("httpQueryParameterName", "v"),
                Map.<String, Object>of("useSourceIp", true),
                Map.<String, Object>of("httpCookie", Map.of("name", "sticky", "ttl", pick.of("0s", "60s"))),
                Map.<String, Object>of("httpCookie", Map.of("name", "sticky", "path", "/shop")));
        var result = new LinkedHashMap<>(by);
        switch (pick.between(0, 4)) {
            case 0 -> result.put("ringHash", Map.of("minimumRingSize", pick.of(16, 2048)));
            case 1 -> result.put("maglev", Map.of("tableSize", pick.of(251, 65537)));
            case 2 -> result.put("minimumRingSize", 64);
            default -> {}
        }
        return result;
    }

    private Map<String, Object> byLocality() {
        var result = pick.fields();
        switch (pick.between(0, 4)) {
            case 0 ->
                result.with(
                        "distribute",
                        List.of(Map.of(
                                "from",
                                pick.of("eu/*", "eu/a/*", "eu/a/1", "*"),
                                "to",
                                Map.of("eu/*", 80, "us/*", 20))));
            case 1 -> result.with("failover", List.of(Map.of("from", "eu", "to", "us")));
            case 2 ->
                result.with(
                        "failoverPriority",
                        pick.of(
                                List.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone"),
                                List.of("version"),
                                List.of("tier=gold", "version")));
            default -> {}
        }
        return result.maybe(25, "enabled", () -> pick.of(true, true, false));
    }

    private Map<String, Object> pool() {
        return pick.fields().maybe(70, "tcp", this::tcp).maybe(70, "http", this::http);
    }

    private Map<String, Object> tcp() {
        return pick.fields()
                .maybe(50, "maxConnections", () -> pick.of(1, 100))
                .maybe(30, "connectTimeout", () -> pick.of("30ms", "1s", "10s", "2m"))
                .maybe(
                        20,
                        "tcpKeepalive",
                        () -> pick.fields()
                                .maybe(60, "probes", () -> 3)
                                .maybe(60, "time", () -> "7200s")
                                .maybe(60, "interval", () -> "75s"))
                .maybe(20, "maxConnectionDuration", () -> "1h")
                .maybe(20, "idleTimeout", () -> pick.of("30s", "0s"));
    }

    private Map<String, Object> http() {
        return pick.fields()
                .maybe(40, "http1MaxPendingRequests", () -> pick.of(1, 64))
                .maybe(40, "http2MaxRequests", () -> pick.of(1, 1000))
                .maybe(30, "maxRequestsPerConnection", () -> pick.of(1, 10))
                .maybe(30, "maxRetries", () -> pick.of(1, 5))
                .maybe(20, "idleTimeout", () -> "30s")
                .maybe(25, "h2UpgradePolicy", () -> pick.of("UPGRADE", "DO_NOT_UPGRADE", "DEFAULT"))
                .maybe(15, "useClientProtocol", () -> true)
                .maybe(10, "maxConcurrentStreams", () -> 50);
    }

    private Map<String, Object> outliers() {
        return pick.fields()
                .maybe(60, "consecutive5xxErrors", () -> pick.of(0, 1, 7))
                .maybe(30, "consecutiveGatewayErrors", () -> pick.of(0, 1, 3))
                .maybe(50, "interval", () -> pick.of("1s", "5m"))
                .maybe(50, "baseEjectionTime", () -> pick.of("15s", "3m"))
                .maybe(50, "maxEjectionPercent", () -> pick.of(0, 50, 100))
                .maybe(20, "minHealthPercent", () -> pick.of(0, 50))
                .maybe(15, "splitExternalLocalOriginErrors", () -> true)
                .maybe(15, "consecutiveLocalOriginFailures", () -> pick.of(2, 5));
    }

    private Map<String, Object> tls() {
        return switch (pick.between(0, 4)) {
            case 0 -> Map.of("mode", "DISABLE");
            case 1, 2 -> pick.fields().with("mode", "ISTIO_MUTUAL").maybe(20, "sni", () -> "other.example.com");
            case 3 ->
                pick.fields()
                        .with("mode", "MUTUAL")
                        .with("clientCertificate", "/etc/certs/c.pem")
                        .with("privateKey", "/etc/certs/k.pem")
                        .maybe(50, "caCertificates", () -> "/etc/certs/ca.pem");
            default ->
                pick.fields()
                        .with("mode", "SIMPLE")
                        .maybe(50, "sni", () -> "sni.example.com")
                        .maybe(40, "caCertificates", () -> "/etc/certs/ca.pem")
                        .maybe(30, "subjectAltNames", () -> List.of("a.example.com"))
                        .maybe(20, "insecureSkipVerify", () -> true);
        };
    }
}
