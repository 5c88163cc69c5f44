package dev.binnacle.testkit.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Why;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.testkit.envoy.EnvoyBinary;
import dev.binnacle.testkit.envoy.EnvoyMesh;
import dev.binnacle.testkit.envoy.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What DestinationRules promise happens in a real Envoy, with the manifests of the scenarios and some of their own. */
class DestinationRulesWithEnvoyTest {
    private static final Path REPOSITORY = Path.of("../..");
    private static final String PAYMENTS = "/api/payments";

    private EnvoyMesh envoys;
    private Manifests manifests;

    @BeforeEach
    void findEnvoy() {
        var binary = EnvoyBinary.find();
        assumeTrue(binary.isPresent(), "skipped: no Envoy was found. " + EnvoyBinary.advice());
        envoys = new EnvoyMesh(binary.get());
    }

    @AfterEach
    void stopEnvoys() {
        if (envoys != null) {
            envoys.close();
        }
    }

    @Test
    void aPodThatFailsIsEjected() throws IOException {
        use(List.of("sample-services/kubernetes", "istio/scenarios/circuit-breaking"), "");
        assertThat(podsOf(20)).containsExactly("payments-0.default", "payments-flaky-0.default");

        failing(20);

        // Both fail, and half of them may be ejected.
        assertThat(podsOf(30)).hasSize(1);
    }

    @Test
    void withIstiosDefaultNothingIsEjected() throws IOException {
        use(List.of("sample-services/kubernetes", "istio/scenarios/circuit-breaking"), "maxEjectionPercent: 50");

        failing(40);

        assertThat(podsOf(40)).hasSize(2);
    }

    @Test
    void requestsGoToTheOtherRegionWhenNobodyIsLeftInTheirOwn() throws IOException {
        use(List.of("sample-services/kubernetes", "istio/scenarios/locality-failover"), "");
        var near = podsOf(20);
        assertThat(near).isNotEmpty().doesNotContain("payments-us-0.default");

        int failed = 1;
        while (!failing().equals("payments-us-0.default")) {
            assertThat(failed++)
                    .as("failures until the other region takes over")
                    .isLessThan(20);
        }

        assertThat(podsOf(20)).containsExactly("payments-us-0.default");
    }

    @Test
    void theSameHeaderLeadsToTheSamePod() throws IOException {
        use(List.of("sample-services/kubernetes"), "", """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: catalog}
                spec:
                  host: catalog
                  trafficPolicy: {loadBalancer: {consistentHash: {httpHeaderName: x-user, maglev: {tableSize: 251}}}}
                """);
        var all = new HashSet<String>();
        for (int user = 0; user < 20; user++) {
            var pods = new HashSet<String>();
            for (int i = 0; i < 5; i++) {
                pods.add(pod(send("catalog", Map.of("x-user", "user-" + user))));
            }
            assertThat(pods).as("pods of user %d", user).hasSize(1);
            all.addAll(pods);
        }
        assertThat(all).hasSize(2);
    }

    @Test
    void whatExceedsTheConnectionPoolOverflows() throws Exception {
        use(List.of("sample-services/kubernetes"), "", """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: payments}
                spec:
                  host: payments
                  trafficPolicy: {connectionPool: {tcp: {maxConnections: 1}, http: {http1MaxPendingRequests: 1}}}
                """);
        assertThat(send("payments", Map.of()).status()).isEqualTo(200);

        var seen = new ArrayList<Observation>();
        try (var clients = Executors.newFixedThreadPool(16)) {
            Callable<Observation> one = () -> send("payments", Map.of());
            for (var answer : clients.invokeAll(Collections.nCopies(400, one))) {
                seen.add(answer.get());
            }
        }

        assertThat(seen).extracting(Observation::status).containsOnly(200, 503);
        assertThat(seen)
                .filteredOn(answer -> answer.status() == 503)
                .allSatisfy(answer -> assertThat(answer.flags()).contains("UO"));
    }

    private void failing(int requests) {
        for (int i = 0; i < requests; i++) {
            failing();
        }
    }

    /** Returns the pod that failed. */
    private String failing() {
        var request = request("payments", Map.of());
        var seen = envoys.failing(500).send(answer(request), request);
        assertThat(seen.status()).isEqualTo(500);
        return pod(seen);
    }

    private Set<String> podsOf(int requests) {
        var result = new TreeSet<String>();
        for (int i = 0; i < requests; i++) {
            result.add(pod(send("payments", Map.of())));
        }
        return result;
    }

    private static String pod(Observation seen) {
        return seen.server().map(Observation.Received::pod).orElse("");
    }

    private Observation send(String host, Map<String, String> headers) {
        var request = request(host, headers);
        return envoys.send(answer(request), request);
    }

    private static WhyRequest request(String host, Map<String, String> headers) {
        return new WhyRequest("orders", host, Optional.of(8080), PAYMENTS, "GET", headers);
    }

    private Answer answer(WhyRequest request) {
        return (Answer) Why.explain(manifests, envoys.topology(), request);
    }

    private void use(List<String> folders, String without, String... more) throws IOException {
        var files = new ArrayList<ManifestFile>();
        for (String folder : folders) {
            try (var paths = Files.walk(REPOSITORY.resolve(folder))) {
                for (var path : paths.filter(p -> p.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    if (!path.endsWith("kustomization.yaml")) {
                        files.add(new ManifestFile(
                                path.toString(), Files.readString(path).replace(without, "")));
                    }
                }
            }
        }
        for (String text : more) {
            files.add(new ManifestFile("more.yaml", text));
        }
        manifests = Translation.read(files).value();
        envoys.use(manifests);
    }
}
