package dev.binnacle.mesh.istio.traffic;

import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.DURATION_OR_ZERO;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Shape;

/** The fields of a traffic policy. */
final class TrafficShapes {
    private static final FieldType COUNT = new FieldType.Whole(0, Integer.MAX_VALUE);
    private static final FieldType PERCENT = new FieldType.Whole(0, 100);
    private static final FieldType SHARE = new FieldType.Decimal(0, 100);

    /** More than this Envoy refuses. */
    private static final FieldType RING = new FieldType.Whole(0, 8_388_608);

    private static final Shape ATTRIBUTE =
            Shape.named("HTTPCookieAttribute").require("name", WORDS).with("value", LINE);
    private static final Shape COOKIE = Shape.named("HTTPCookie")
            .require("name", WORDS)
            .with("path", LINE)
            .with("ttl", DURATION_OR_ZERO)
            .with("attributes", listOf(ATTRIBUTE));
    private static final Shape RING_HASH = Shape.named("RingHash").with("minimumRingSize", RING);
    private static final Shape MAGLEV = Shape.named("MagLev").require("tableSize", new FieldType.Whole(1, 5_000_010));
    private static final Shape CONSISTENT_HASH = Shape.named("ConsistentHashLB")
            .with("httpHeaderName", WORDS)
            .with("httpCookie", section(COOKIE))
            .with("useSourceIp", FLAG)
            .with("httpQueryParameterName", WORDS)
            .with("ringHash", section(RING_HASH))
            .with("maglev", section(MAGLEV))
            .with("minimumRingSize", RING, "deprecated: use `ringHash`")
            .oneOf("httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName")
            .oneOf("ringHash", "maglev", "minimumRingSize");
    private static final Shape WARMUP = Shape.named("WarmupConfiguration")
            .require("duration", DURATION)
            .with("minimumPercent", SHARE)
            .with("aggression", new FieldType.Decimal(Double.MIN_NORMAL, 1_000));
    private static final Shape LOAD_BALANCER = Shape.named("LoadBalancerSettings")
            .with(
                    "simple",
                    choice("UNSPECIFIED", "LEAST_REQUEST", "LEAST_CONN", "ROUND_ROBIN", "RANDOM", "PASSTHROUGH"),
                    "with `PASSTHROUGH` a pod is chosen at random, as kube-proxy does")
            .with("consistentHash", section(CONSISTENT_HASH))
            .with("localityLbSetting", section(ByLocalityReader.SHAPE))
            .with("warmupDurationSecs", DURATION, "deprecated: use `warmup`")
            .with("warmup", section(WARMUP))
            .reject("zoneAwareLbSetting", "it needs proxies that know their own Service's pods")
            .oneOf("simple", "consistentHash")
            .oneOf("localityLbSetting", "zoneAwareLbSetting");

    private static final Shape TCP_KEEPALIVE = Shape.named("TcpKeepalive")
            .with("probes", COUNT)
            .with("time", DURATION, "in whole seconds")
            .with("interval", DURATION, "in whole seconds");
    private static final Shape TCP = Shape.named("TCPSettings")
            .with("maxConnections", COUNT)
            .with("connectTimeout", DURATION)
            .with("tcpKeepalive", section(TCP_KEEPALIVE))
            .with("maxConnectionDuration", DURATION)
            .with("idleTimeout", DURATION_OR_ZERO);
    private static final Shape HTTP2_KEEPALIVE =
            Shape.named("ConnectionKeepalive").require("interval", DURATION).require("timeout", DURATION);
    private static final Shape HTTP = Shape.named("HTTPSettings")
            .with("http1MaxPendingRequests", COUNT)
            .with("http2MaxRequests", COUNT)
            .with("maxRequestsPerConnection", COUNT)
            .with("maxRetries", COUNT)
            .with("idleTimeout", DURATION)
            .with("h2UpgradePolicy", choice("DEFAULT", "DO_NOT_UPGRADE", "UPGRADE"))
            .with("useClientProtocol", FLAG)
            .with("maxConcurrentStreams", COUNT, "for ports that carry HTTP/2")
            .with("http2KeepAlive", section(HTTP2_KEEPALIVE), "for ports that carry HTTP/2");
    private static final Shape POOL =
            Shape.named("ConnectionPoolSettings").with("tcp", section(TCP)).with("http", section(HTTP));

    private static final Shape OUTLIERS = Shape.named("OutlierDetection")
            .with("consecutive5xxErrors", COUNT)
            .with("consecutiveGatewayErrors", COUNT)
            .with("splitExternalLocalOriginErrors", FLAG)
            .with("consecutiveLocalOriginFailures", COUNT, "with `splitExternalLocalOriginErrors` only")
            .with("interval", DURATION)
            .with("baseEjectionTime", DURATION)
            .with("maxEjectionPercent", PERCENT, "below 100 by the number of pods nothing is ever ejected")
            .with("minHealthPercent", PERCENT)
            .ignore("consecutiveErrors", "Istio took its effect away; use consecutive5xxErrors")
            .ignore("outlierDetectionHttpErrorCodes", "Istio 1.31 does not act on it either");

    private static final Shape TLS = Shape.named("ClientTLSSettings")
            .with("mode", choice("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL"), "`DISABLE` if missing")
            .with("clientCertificate", LINE, "a file")
            .with("privateKey", LINE, "a file")
            .with("caCertificates", LINE, "a file; without it the system's authorities are trusted")
            .with("caCrl", LINE, "a file")
            .with("subjectAltNames", listOf(WORDS))
            .with("sni", LINE)
            .with("insecureSkipVerify", FLAG)
            .with(
                    "credentialName",
                    LINE,
                    "a Secret in the namespace of the proxy's pod; at sidecars with `workloadSelector` only");

    private static final Shape COMMON = Shape.named("TrafficPolicy")
            .with("loadBalancer", section(LOAD_BALANCER))
            .with("connectionPool", section(POOL))
            .with("outlierDetection", section(OUTLIERS))
            .with("tls", section(TLS));
    private static final Shape PORT_SELECTOR = Shape.named("PortSelector").require("number", PORT);
    private static final Shape PORT_POLICY =
            new Shape("PortTrafficPolicy", COMMON.fields(), COMMON.exclusive()).require("port", section(PORT_SELECTOR));
    private static final Shape PROXY_PROTOCOL = Shape.named("ProxyProtocol").with("version", choice("V1", "V2"));
    private static final Shape RETRY_BUDGET = Shape.named("RetryBudget")
            .with("percent", SHARE)
            .with("minRetryConcurrency", COUNT)
            .ignore("budgetInterval", "Envoy's API classes do not know it yet; the requests of the moment count");

    static final Shape POLICY = COMMON.with("portLevelSettings", listOf(PORT_POLICY))
            .with("proxyProtocol", section(PROXY_PROTOCOL))
            .with("retryBudget", section(RETRY_BUDGET))
            .reject("tunnel", "it is for TCP through a proxy outside of the mesh")
            .oneOf("tunnel", "proxyProtocol");

    private TrafficShapes() {}
}
