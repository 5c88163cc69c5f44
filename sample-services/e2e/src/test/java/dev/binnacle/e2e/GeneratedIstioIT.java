package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.e2e.executed.TlsClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What short documents become does what they want, and metrics are as many as was predicted. */
@Scenario("istio/scenarios/egress-tls-origination/outside.yaml")
class GeneratedIstioIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SERIES = Pattern.compile("(?m)^istio_(re|tcp)\\w+\\{");

    private static final String WANTED = """
            apiVersion: generate.binnacle.dev/v1
            kind: Canary
            metadata: {name: catalog}
            spec:
              service: catalog
              versions: {v1: 0, v2: 100}
              testers: {header: x-user-group, value: testers, version: v1}
            ---
            apiVersion: generate.binnacle.dev/v1
            kind: EgressHost
            metadata: {name: rates}
            spec: {host: rates.example.org, authorities: AUTHORITIES}
            ---
            apiVersion: generate.binnacle.dev/v1
            kind: IngressHost
            metadata: {name: generated-shop}
            spec: {host: generated.example.com, service: storefront, credential: generated-credential}
            ---
            apiVersion: generate.binnacle.dev/v1
            kind: MetricsBudget
            metadata: {name: metrics}
            spec: {series: 6000, outcomes: 1}
            """;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void issue(RunningMesh.Instance mesh) {
        run(mesh, "certificate", "generated.example.com", "--secret", "generated-credential");
        run(mesh, "certificate", "rates.example.org", "--secret", "partners", "--files-only");
    }

    @AfterAll
    static void takeBack(RunningMesh.Instance mesh) {
        PemFiles.of(mesh, "generated-credential").takeBack(mesh);
    }

    private static String run(RunningMesh.Instance mesh, String... command) {
        return mesh.binnacle()
                .run(PATIENCE, command)
                .mustSucceed(String.join(" ", command))
                .out();
    }

    /** Writes what the documents become, and returns the folder. */
    private static String generated(RunningMesh.Instance mesh) throws IOException {
        Path wanted = folder.resolve("wanted.yaml");
        Files.writeString(
                wanted,
                WANTED.replace(
                        "AUTHORITIES",
                        PemFiles.of(mesh, "partners").folder().resolve("ca.crt").toString()));
        Path out = folder.resolve("out");
        run(
                mesh,
                "generate",
                "istio",
                "-f",
                "sample-services/kubernetes,istio/gateway," + wanted,
                "--out",
                out.toString());
        return out.resolve("istio/generated").toString();
    }

    @Test
    void whatIsGeneratedDoesWhatIsWanted(RunningMesh.Instance mesh) throws IOException {
        String resources = generated(mesh);
        run(mesh, "apply", "-f", resources);
        try {
            var shop = new Shop(mesh);
            assertThat(new Traffic().versionsOf(10, mesh.ingress() + "/api/catalog"))
                    .isEqualTo(Map.of("v2", 10));
            assertThat(shop.catalog("x-user-group", "testers").status()).isEqualTo(200);
            assertThat(run(mesh, "why", "storefront", "catalog", "--port", "8080", "-H", "x-user-group: testers"))
                    .contains("outbound|8080|v1|catalog");

            var rates = ProxyPort.of(mesh, "storefront").get("http://rates.example.org/");
            assertThat(rates.body().strip()).isEqualTo("rates.example.org answers anybody over TLS");

            var tls = new TlsClient(PemFiles.of(mesh, "generated-credential").trusting(), mesh.secureIngress());
            assertThat(tls.get("generated.example.com").status()).isEqualTo(200);
            assertThat(run(mesh, "why", "istio-ingressgateway", "http://generated.example.com/"))
                    .contains("redirect 301");
        } finally {
            run(mesh, "delete", "-f", resources);
        }
    }

    @Test
    void prometheusHoldsAsManySeriesAsPredicted(RunningMesh.Instance mesh) throws IOException {
        String change = Files.writeString(folder.resolve("less.yaml"), """
                        apiVersion: telemetry.istio.io/v1
                        kind: Telemetry
                        metadata: {name: less}
                        spec:
                          metrics:
                            - providers: [{name: prometheus}]
                              overrides:
                                - {match: {metric: REQUEST_SIZE}, disabled: true}
                                - match: {metric: REQUEST_DURATION, mode: SERVER}
                                  tagOverrides:
                                    source_workload: {operation: REMOVE}
                                    source_app: {operation: REMOVE}
                                    source_principal: {operation: REMOVE}
                                    source_canonical_service: {operation: REMOVE}
                        """).toString();
        long before = seriesOf(mesh);
        JsonNode predicted = Binnacle.json(run(mesh, "cardinality", "--observed", "-f", change, "-o", "json"));
        assertThat(predicted.get("now").asLong()).isEqualTo(before);
        assertThat(mesh.binnacle()
                        .run(PATIENCE, "cardinality", "--observed", "-f", change, "--budget", "10")
                        .exitCode())
                .isEqualTo(1);

        run(mesh, "apply", "-f", change);
        try {
            long after = seriesOf(mesh);

            assertThat(predicted.get("then").asDouble()).isCloseTo(after, within(0.05 * after));
            assertThat(after).isLessThan(before * 3 / 4);
        } finally {
            run(mesh, "delete", "-f", change);
        }
    }

    /** Returns how many series Prometheus holds of sidecars that have begun anew and carried the same traffic. */
    private static long seriesOf(RunningMesh.Instance mesh) {
        restartSidecars(mesh);
        for (String from : List.of("storefront", "orders", "payments", "inventory")) {
            var sidecar = ProxyPort.of(mesh, from);
            for (String to : List.of("inventory", "orders", "payments")) {
                for (int i = 0; i < 2; i++) {
                    sidecar.get("http://" + to + ":8080/q/health/live");
                }
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inPrometheus(mesh)).isPositive().isEqualTo(onPages(mesh)));
        return inPrometheus(mesh);
    }

    private static long inPrometheus(RunningMesh.Instance mesh) {
        return (long) mesh.prometheus().value("count({__name__=~\"istio_(re|tcp).*\"})");
    }

    private static long onPages(RunningMesh.Instance mesh) {
        var traffic = new Traffic();
        long count = 0;
        for (JsonNode pod : mesh.binnacle().status().get("pods")) {
            if (!pod.get("sidecar").isNull()) {
                count += SERIES.matcher(
                                traffic.get(pod.at("/sidecar/stats").asText()).body())
                        .results()
                        .count();
            }
        }
        return count;
    }

    /** An Envoy forgets nothing: only one that begins anew shows what is counted now, and nothing else. */
    private static void restartSidecars(RunningMesh.Instance mesh) {
        Map<String, Long> before = sidecars(mesh.binnacle().status());
        new ArrayList<>(before.values()).forEach(RunningMesh::kill);
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode status = mesh.binnacle().status();
            assertThat(sidecars(status)).hasSameSizeAs(before).doesNotContainValue(0L);
            assertThat(sidecars(status).values()).doesNotContainAnyElementsOf(before.values());
            RunningMesh.Instance.requireInStep(status);
            assertThat(status.get("pods")).allMatch(pod -> pod.get("ready").asBoolean());
        });
    }

    private static Map<String, Long> sidecars(JsonNode status) {
        var pids = new TreeMap<String, Long>();
        status.get("pods").forEach(pod -> {
            if (!pod.get("sidecar").isNull()) {
                pids.put(pod.get("name").asText(), pod.at("/sidecar/pid").asLong());
            }
        });
        return pids;
    }
}
