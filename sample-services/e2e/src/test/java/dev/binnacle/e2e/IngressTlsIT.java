package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.e2e.executed.TlsClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The ingress gateway speaks TLS to everybody, and mutual TLS to partners, on one port. */
@Scenario({"istio/scenarios/ingress-tls", "istio/scenarios/ingress-mutual-tls"})
class IngressTlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SHOP = "shop.example.com";
    private static final String PARTNERS = "partners.example.com";

    @BeforeAll
    static void issue(RunningMesh.Instance mesh) {
        certificate(mesh, SHOP, "shop-credential");
        certificate(mesh, PARTNERS, "partners-credential");
        certificate(mesh, "alice.example.com", "alice", "--files-only");
        certificate(mesh, "bob.example.com", "bob", "--files-only");
    }

    private static void certificate(RunningMesh.Instance mesh, String host, String secret, String... more) {
        var command = new ArrayList<>(List.of("certificate", host, "--secret", secret));
        command.addAll(List.of(more));
        mesh.binnacle().run(PATIENCE, command.toArray(String[]::new)).mustSucceed("certificate");
    }

    @AfterAll
    static void takeBack(RunningMesh.Instance mesh) {
        PemFiles.of(mesh, "shop-credential").takeBack(mesh);
        PemFiles.of(mesh, "partners-credential").takeBack(mesh);
    }

    @Test
    void clientsGetTheShopByTlsAndAreSentThereFromPlainHttp(RunningMesh.Instance mesh) {
        var shop = new TlsClient(PemFiles.of(mesh, "shop-credential").trusting(), mesh.secureIngress()).get(SHOP);

        assertThat(shop.status()).isEqualTo(200);
        assertThat(shop.subject()).isEqualTo("CN=" + SHOP);
        var plain = mesh.binnacle()
                .run(PATIENCE, "why", "istio-ingressgateway", "http://" + SHOP + "/")
                .mustSucceed("why");
        assertThat(plain.out()).contains("redirect 301");
        var why = mesh.binnacle()
                .run(PATIENCE, "why", "istio-ingressgateway", "https://" + SHOP + "/")
                .mustSucceed("why");
        assertThat(why.out())
                .contains("server default/shop-tls https")
                .contains("kubernetes://shop-credential from ")
                .contains("Secret istio-system/shop-credential");
    }

    @Test
    void partnersShowWhoTheyAre(RunningMesh.Instance mesh) {
        var alice = PemFiles.of(mesh, "alice");

        assertThat(new TlsClient(alice.showing(), mesh.secureIngress())
                        .get(PARTNERS)
                        .status())
                .isEqualTo(200);
        assertThat(new TlsClient(alice.trusting(), mesh.secureIngress())
                        .get(PARTNERS)
                        .status())
                .isZero();
        assertThat(new TlsClient(PemFiles.of(mesh, "bob").showing(), mesh.secureIngress())
                        .get(PARTNERS)
                        .status())
                .isZero();
    }

    @Test
    void aCertificateIsReplacedInTheMiddleOfALoad(RunningMesh.Instance mesh) {
        var client = new TlsClient(PemFiles.of(mesh, "shop-credential").trusting(), mesh.secureIngress());
        String before = client.get(SHOP).serial();
        var stop = new AtomicBoolean();
        var seen = new ConcurrentHashMap<Integer, Integer>();
        var load = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                seen.merge(client.get(SHOP).status(), 1, Integer::sum);
            }
        });
        certificate(mesh, SHOP, "shop-credential");
        certificate(mesh, SHOP, "shop-credential");

        assertThat(client.get(SHOP).serial()).isNotEqualTo(before);
        stop.set(true);
        load.join();
        assertThat(seen.keySet()).containsExactly(200);
    }

    @Test
    void aCertificateThatEndsSoonRaisesAnAlert(RunningMesh.Instance mesh) {
        String alert =
                "sum(ALERTS{alertname=\"CertificateExpiresSoon\",alertstate=\"firing\",workload=\"istio-ingressgateway\"})";
        certificate(mesh, PARTNERS, "partners-credential", "--days", "1");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mesh.prometheus().value(alert)).isEqualTo(1));

        certificate(mesh, PARTNERS, "partners-credential");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(mesh.prometheus().value(alert)).isZero());
    }

    /** What nobody may see is in files of the owner alone, and in no answer, dump or log. */
    @Test
    void keysAreNowhereToBeRead(RunningMesh.Instance mesh) throws IOException {
        Path folder = PemFiles.of(mesh, "shop-credential").folder();
        String key = Files.readAllLines(folder.resolve("tls.key")).get(1);
        String admin = mesh.pod("istio-ingressgateway", "").at("/sidecar/admin").asText();

        assertThat(new Traffic().get(admin + "/config_dump").body())
                .contains("shop-credential")
                .doesNotContain(key);
        assertThat(new Traffic()
                        .get(mesh.app() + "/api/v1/mesh/resources?kind=Secret")
                        .body())
                .contains("shop-credential")
                .doesNotContain(key);
        try (var logs = Files.walk(mesh.binnacle().directory().resolve("logs"))) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                // Envoy may write bytes that are no text.
                assertThat(Files.readString(log, StandardCharsets.ISO_8859_1))
                        .as(log.toString())
                        .doesNotContain(key);
            }
        }
        try (var overlays = Files.list(mesh.binnacle().directory().resolve("overlays"))) {
            assertThat(overlays)
                    .isNotEmpty()
                    .allSatisfy(
                            overlay -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(overlay)))
                                    .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }
}
