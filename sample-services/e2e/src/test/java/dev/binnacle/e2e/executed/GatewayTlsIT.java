package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How TLS ends at the ingress gateway, seen by real clients of TLS. */
@ExtendWith(ExecutedMesh.class)
class GatewayTlsIT {
    private static final String TLS = "Gateway spec.servers[].tls.";
    private static final String SHOP = "shop.example.com";

    @TempDir
    private static Path folder;

    private static Certificates authority;
    private static Certificates.Issued alice;
    private static Certificates.Issued bob;
    private static Certificates.Issued stranger;

    @BeforeAll
    static void issue() {
        authority = new Certificates(folder);
        authority.issue("shop", SHOP);
        authority.issueRsa("shop-rsa", SHOP);
        authority.issue("other", "other.example.com");
        authority.issue("old", SHOP, Duration.ofDays(-2));
        authority.issue("early", SHOP, Duration.ofDays(2));
        alice = authority.issue("alice", "alice.example.com");
        bob = authority.issue("bob", "bob.example.com");
        authority.revoke("crl.pem", bob.certificate());
        stranger = new Certificates(folder.resolve("elsewhere")).issue("stranger", "alice.example.com");
    }

    /** A Gateway with one server of HTTPS for each line {@code HOST: TLS SETTINGS}, all leading to {@code echo}. */
    private static String gateway(String... servers) {
        var yaml = new StringBuilder("""
                kind: Gateway
                metadata: {name: secure}
                spec:
                  selector: {istio: ingressgateway}
                  servers:
                """);
        for (int i = 0; i < servers.length; i++) {
            int colon = servers[i].indexOf(": ");
            yaml.append("  - {port: {number: 443, name: https-").append(i).append(", protocol: HTTPS}, hosts: [");
            yaml.append(servers[i], 0, colon)
                    .append("], tls: {")
                    .append(servers[i].substring(colon + 2))
                    .append("}}\n");
        }
        return yaml + """
                ---
                kind: VirtualService
                metadata: {name: secure}
                spec:
                  hosts: ["*"]
                  gateways: [secure]
                  http: [{route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]}]
                """;
    }

    private static TlsClient client(Case mesh) {
        return new TlsClient(authority.client(null), mesh.secureIngress());
    }

    private static TlsClient client(Case mesh, Certificates.Issued certificate) {
        return new TlsClient(authority.client(certificate), mesh.secureIngress());
    }

    @Test
    @Executes(TLS + "{mode,credentialName}")
    void serversOfOnePortAreToldApartByTheNameThatClientsAskFor(Case mesh) {
        mesh.apply(authority.secretOf("shop", "shop")
                + authority.secret("other", "cert=other.pem", "key=other.key")
                + gateway(
                        SHOP + ": mode: SIMPLE, credentialName: shop",
                        "other.example.com: mode: SIMPLE, credentialName: other"));

        assertThat(client(mesh).get(SHOP).subject()).isEqualTo("CN=shop");
        assertThat(client(mesh).get("other.example.com").subject()).isEqualTo("CN=other");
        assertThat(client(mesh).get("third.example.com").status()).isZero();
        mesh.counted("2x istio-ingressgateway > echo v1 200 -");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # tls                                                                | client   | status
            mode: MUTUAL, credentialName: staff                                  | nobody   | 0
            mode: MUTUAL, credentialName: staff                                  | alice    | 200
            mode: MUTUAL, credentialName: staff                                  | stranger | 0
            mode: MUTUAL, credentialName: staff, insecureSkipVerify: true        | stranger | 200
            mode: MUTUAL, credentialName: staff, subjectAltNames: [alice.example.com] | alice | 200
            mode: MUTUAL, credentialName: staff, subjectAltNames: [alice.example.com] | bob   | 0
            mode: MUTUAL, credentialName: staff, verifyCertificateSpki: [$KEY]   | alice    | 200
            mode: MUTUAL, credentialName: staff, verifyCertificateSpki: [$KEY]   | bob      | 0
            mode: MUTUAL, credentialName: staff, verifyCertificateHash: [$HASH]  | alice    | 200
            mode: MUTUAL, credentialName: staff, verifyCertificateHash: [$HASH]  | bob      | 0
            mode: MUTUAL, credentialName: staff, caCertCredentialName: strict-cacert | bob   | 0
            mode: MUTUAL, credentialName: staff, caCertCredentialName: strict-cacert | alice | 200
            mode: OPTIONAL_MUTUAL, credentialName: staff                         | nobody   | 200
            mode: OPTIONAL_MUTUAL, credentialName: staff                         | alice    | 200
            mode: OPTIONAL_MUTUAL, credentialName: staff                         | stranger | 0
            mode: ISTIO_MUTUAL                                                   | alice    | 0
            """)
    @Executes(
            TLS
                    + "{mode,credentialName,insecureSkipVerify,subjectAltNames,verifyCertificateSpki,verifyCertificateHash,caCertCredentialName}")
    void clientsAreBelievedOrNot(String tls, String who, int status, Case mesh) throws GeneralSecurityException {
        String settings = tls.replace(
                        "$KEY",
                        Base64.getEncoder()
                                .encodeToString(sha256(
                                        alice.certificate().getPublicKey().getEncoded())))
                .replace(
                        "$HASH",
                        HexFormat.of().formatHex(sha256(alice.certificate().getEncoded())));
        mesh.apply(authority.secret("staff", "cert=shop.pem", "key=shop.key", "cacert=ca.pem")
                + authority.secret("strict-cacert", "ca.crt=ca.pem", "ca.crl=crl.pem")
                + gateway(SHOP + ": " + settings));

        var certificate = switch (who) {
            case "alice" -> alice;
            case "bob" -> bob;
            case "stranger" -> stranger;
            default -> null;
        };
        assertThat(client(mesh, certificate).get(SHOP).status()).isEqualTo(status);
    }

    private static byte[] sha256(byte[] bytes) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    @Test
    @Executes(TLS + "minProtocolVersion")
    void oldVersionsAreRefused(Case mesh) {
        mesh.apply(authority.secretOf("shop", "shop")
                + gateway(SHOP + ": mode: SIMPLE, credentialName: shop, minProtocolVersion: TLSV1_3"));
        assertThat(client(mesh).only("TLSv1.2").get(SHOP).status()).isZero();
        assertThat(client(mesh).get(SHOP).session()).startsWith("TLSv1.3");
    }

    @Test
    @Executes(TLS + "{maxProtocolVersion,cipherSuites,credentialNames}")
    void ciphersAndKindsOfKeys(Case mesh) {
        mesh.apply(authority.secretOf("shop", "shop")
                + authority.secretOf("shop-rsa", "shop-rsa")
                + gateway(SHOP + ": mode: SIMPLE, credentialNames: [shop, shop-rsa], maxProtocolVersion: TLSV1_2,"
                        + " cipherSuites: [ECDHE-RSA-AES256-GCM-SHA384, ECDHE-ECDSA-AES256-GCM-SHA384]"));
        assertThat(client(mesh).get(SHOP).session()).startsWith("TLSv1.2").contains("AES_256_GCM_SHA384");
        assertThat(client(mesh)
                        .cipher("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
                        .get(SHOP)
                        .subject())
                .isEqualTo("CN=shop-rsa");
        assertThat(client(mesh)
                        .cipher("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384")
                        .get(SHOP)
                        .subject())
                .isEqualTo("CN=shop");
    }

    /** What is wrong with one credential costs its own server only, and nobody is answered in plaintext. */
    @Test
    @Executes(TLS + "credentialName")
    void credentialsThatDoNotServeHarmNoOtherServer(Case mesh) {
        mesh.apply(authority.secretOf("shop", "shop")
                + authority.secretOf("old", "old")
                + authority.secretOf("early", "early")
                + authority.secretOf("elsewhere", "other").replace("namespace: istio-system", "namespace: default")
                + gateway(
                        SHOP + ": mode: SIMPLE, credentialName: shop",
                        "missing.example.com: mode: SIMPLE, credentialName: missing",
                        "other.example.com: mode: SIMPLE, credentialName: elsewhere",
                        "old.example.com: mode: SIMPLE, credentialName: old",
                        "early.example.com: mode: SIMPLE, credentialName: early",
                        "wrong.example.com: mode: SIMPLE, credentialName: shop"));

        assertThat(client(mesh).get(SHOP).status()).isEqualTo(200);
        assertThat(client(mesh).get("missing.example.com").status()).isZero();
        assertThat(client(mesh).get("other.example.com").status()).isZero();
        assertThat(client(mesh).get("old.example.com").reason()).contains("expired");
        assertThat(client(mesh).get("early.example.com").reason()).contains("NotBefore");
        assertThat(client(mesh).get("wrong.example.com").reason()).contains("wrong.example.com");
        assertThat(new TlsClient(new Certificates(folder.resolve("nobody")).client(null), mesh.secureIngress())
                        .get(SHOP)
                        .reason())
                .as("an authority that the client does not know")
                .contains("PKIX path");
        mesh.refused(authority.secret("shop", "tls.crt=shop.pem", "tls.key=other.key"), "does not fit");
        assertThat(client(mesh).get(SHOP).status()).isEqualTo(200);
    }

    @Test
    @Executes(TLS + "credentialName")
    void certificatesAreReplacedWithoutAFailedRequest(Case mesh) {
        mesh.apply(authority.secretOf("shop", "shop") + gateway(SHOP + ": mode: SIMPLE, credentialName: shop"));
        var first = client(mesh).get(SHOP);
        var stop = new AtomicBoolean();
        var outcomes = new ConcurrentHashMap<Integer, Integer>();
        var client = client(mesh);
        var load = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                outcomes.merge(client.get(SHOP).status(), 1, Integer::sum);
            }
        });
        try {
            for (int i = 0; i < 10; i++) {
                authority.issue("shop", SHOP);
                mesh.apply(authority.secretOf("shop", "shop"));
            }
            var last = authority.issue("shop", SHOP);
            mesh.apply(authority.secretOf("shop", "shop"));
            assertThat(client(mesh).get(SHOP).serial())
                    .isEqualTo(last.certificate().getSerialNumber().toString())
                    .isNotEqualTo(first.serial());
        } finally {
            stop.set(true);
            load.join();
        }
        assertThat(outcomes.keySet()).containsExactly(200);
    }

    /** Envoy keeps what it was told last until it starts anew; that nobody provides it any more is a warning. */
    @Test
    @Executes(TLS + "credentialName")
    void aSecretThatIsDeletedStaysInUseWhereItIs(Case mesh) {
        mesh.apply(authority.secretOf("shop", "shop") + gateway(SHOP + ": mode: SIMPLE, credentialName: shop"));
        var before = client(mesh).get(SHOP);

        mesh.delete(authority.secretOf("shop", "shop"));
        assertThat(client(mesh).get(SHOP).serial()).isEqualTo(before.serial());

        var next = authority.issue("shop", SHOP);
        mesh.apply(authority.secretOf("shop", "shop"));
        assertThat(client(mesh).get(SHOP).serial())
                .isEqualTo(next.certificate().getSerialNumber().toString());
    }
}
