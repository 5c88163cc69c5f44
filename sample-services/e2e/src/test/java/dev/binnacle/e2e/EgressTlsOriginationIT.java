package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.e2e.executed.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications ask in plaintext, and the egress gateway speaks TLS with those outside. */
@Scenario({"istio/scenarios/external-metrics/egressgateway.yaml", "istio/scenarios/egress-tls-origination"})
class EgressTlsOriginationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String RATES = "rates.example.org";
    private static final String BANK = "bank.example.org";

    @BeforeAll
    static void issue(RunningMesh.Instance mesh) {
        mesh.binnacle()
                .run(PATIENCE, "certificate", "shop.example.com", "--secret", "partner")
                .mustSucceed("certificate");
        partnersShow(mesh, RATES, BANK);
    }

    @AfterAll
    static void takeBack(RunningMesh.Instance mesh) {
        PemFiles.of(mesh, "partner").takeBack(mesh);
    }

    private static void partnersShow(RunningMesh.Instance mesh, String... hosts) {
        var command = new ArrayList<>(List.of("certificate", "--secret", "partners", "--files-only"));
        command.addAll(List.of(hosts));
        mesh.binnacle().run(PATIENCE, command.toArray(String[]::new)).mustSucceed("certificate");
    }

    private static String get(RunningMesh.Instance mesh, String host) {
        var answer = ProxyPort.of(mesh, "storefront").get("http://" + host + "/");
        return answer.statusCode() + " " + answer.body().strip();
    }

    @Test
    void tlsBeginsAtTheGateway(RunningMesh.Instance mesh) {
        var inside = Increase.atSource(mesh, "storefront", "istio-egressgateway", "response_code");
        var rates = Increase.atSource(mesh, "istio-egressgateway", RATES, "response_code");
        var bank = Increase.atSource(mesh, "istio-egressgateway", BANK, "response_code");
        var around = new Increase(
                mesh,
                "istio_requests_total",
                Map.of("source_workload", "storefront", "destination_service_name", BANK));

        assertThat(get(mesh, RATES)).isEqualTo("200 rates.example.org answers anybody over TLS");
        assertThat(get(mesh, BANK)).isEqualTo("200 bank.example.org answers CN=shop.example.com over TLS");

        rates.awaitEqual(Map.of("200", 1));
        bank.awaitEqual(Map.of("200", 1));
        inside.awaitEqual(Map.of("200", 2));
        around.awaitEqual(Map.of());
    }

    @Test
    void nobodyGetsPastTheGateway(RunningMesh.Instance mesh) {
        var refused = Increase.atSource(mesh, "storefront", "BlackHoleCluster", "response_code");

        assertThat(get(mesh, "www.example.org")).startsWith("502");
        assertThat(ProxyPort.of(mesh, "storefront").throughTunnel(BANK + ":443", ""))
                .startsWith("HTTP/1.1 502");

        refused.awaitTotal(1);
    }

    @Test
    void aServerThatIsNotBelievedGetsNoRequest(RunningMesh.Instance mesh, @TempDir Path folder) throws IOException {
        var counted = Increase.atSource(mesh, "istio-egressgateway", BANK, "response_code", "response_flags");
        new Certificates(folder).issue("unknown", BANK);

        partnersShow(mesh, "wrong.example.org");
        isRefused(mesh, "wrong host");
        partnersShow(mesh, RATES, BANK, "--days", "0");
        isRefused(mesh, "expired");
        partnersShow(mesh, folder.resolve("unknown"));
        isRefused(mesh, "of an unknown authority");
        partnersShow(mesh, folder.resolve("ca"));
        isRefused(mesh, "self-signed");
        partnersShow(mesh, RATES, BANK);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get(mesh, BANK)).startsWith("200"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(counted.inPrometheus().get("503 URX,UF")).isGreaterThanOrEqualTo(8));
    }

    private static void isRefused(RunningMesh.Instance mesh, String what) {
        // A session of a second ago may be resumed, without another look at the certificate.
        await(what)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(mesh, BANK)).startsWith("503"));
        assertThat(get(mesh, BANK)).as(what).startsWith("503");
    }

    /** Puts {@code NAME.pem} and {@code NAME.key} where the partners look. */
    private static void partnersShow(RunningMesh.Instance mesh, Path name) throws IOException {
        Path shown = PemFiles.of(mesh, "partners").folder();
        Files.copy(Path.of(name + ".key"), shown.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(Path.of(name + ".pem"), shown.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
    }
}
