package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proxies that begin TLS with what a Secret has: whom they believe, what they show, and that they never go without. */
@ExtendWith(ExecutedMesh.class)
class OriginationBySecretIT {
    private static final String SECRET = "DestinationRule spec.trafficPolicy.tls.credentialName";

    @TempDir
    private static Path folder;

    private static Certificates outside;
    private static Certificates.Issued server;

    @BeforeAll
    static void issue() {
        outside = new Certificates(folder);
        server = outside.issue("server", "peer.outside.test");
        outside.issue("client", "client.outside.test");
        outside.issue("other", "other.outside.test");
        outside.revoke("crl.pem", server.certificate());
        new Certificates(folder.resolve("other"));
    }

    /** What a peer is called by, and a rule for some of its clients. */
    private static String rule(Peer peer, String namespace, String clients, String tls) {
        return peer.entry("HTTP") + """
                ---
                kind: DestinationRule
                metadata: {name: peer, namespace: %s}
                spec:
                  host: peer.outside.test
                  %s
                  trafficPolicy: {connectionPool: {http: {maxRequestsPerConnection: 1}}, tls: {%s}}
                ---
                """.formatted(namespace, clients, tls);
    }

    private static String forCaller(Peer peer, String tls) {
        return rule(peer, "default", "workloadSelector: {matchLabels: {app: caller}}", tls);
    }

    private static Case.Caller caller(Case mesh) {
        return mesh.from("caller").to("peer.outside.test", 8080);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # tls                                        | Secret                                      | status | flags
            mode: SIMPLE, credentialName: partner        | ca.crt=ca.pem                               | 200    | -
            mode: SIMPLE, credentialName: partner        | cacert=ca.pem crl=crl.pem                   | 503    | URX,UF
            mode: SIMPLE, credentialName: partner        | cacert=other/ca.pem                         | 503    | URX,UF
            mode: SIMPLE, credentialName: partner, subjectAltNames: [peer.outside.test] | ca.crt=ca.pem | 200  | -
            mode: SIMPLE, credentialName: partner, subjectAltNames: [b.outside.test]    | ca.crt=ca.pem | 503  | URX,UF
            mode: SIMPLE, credentialName: nobody         | ca.crt=ca.pem                               | 503    | URX,UF
            mode: MUTUAL, credentialName: partner        | cert=client.pem key=client.key cacert=ca.pem | 200   | -
            mode: MUTUAL, credentialName: partner, insecureSkipVerify: true | cert=client.pem key=client.key | 200 | -
            """)
    @Executes(SECRET)
    void aSidecarThatIsSelectedBelievesAServerOrNot(String tls, String secret, int status, String flags, Case mesh)
            throws IOException {
        try (var peer = Peer.https(outside.server(server))) {
            mesh.apply(outside.secretIn("default", "partner", secret.split(" ", -1)) + forCaller(peer, tls));

            caller(mesh).send("GET /").is(status);
            mesh.counted("1x caller > peer.outside.test unknown " + status + " " + flags);
            assertThat(peer.connections())
                    .noneMatch(connection -> connection.text().contains("GET / ") && status != 200);
        }
    }

    /** As in Istio nobody is told Secrets only because a rule is for everybody: what is sent goes out as it is. */
    @Test
    @Executes(SECRET)
    void aRuleForAllClientsIsForGatewaysOnly(Case mesh) throws IOException {
        try (var peer = Peer.https(outside.server(server));
                var plain = Peer.http()) {
            mesh.apply(outside.secretIn("default", "partner", "ca.crt=ca.pem")
                    + rule(peer, "default", "", "mode: SIMPLE, credentialName: partner"));
            caller(mesh).send("GET /").is(502);

            mesh.apply(rule(plain, "default", "", "mode: SIMPLE, credentialName: partner"));
            caller(mesh).send("GET /").is(200);
        }
    }

    @Test
    @Executes(SECRET)
    void aGatewayShowsTheCertificateOfItsOwnNamespace(Case mesh) throws IOException {
        try (var peer = Peer.https(outside.server(server))) {
            mesh.apply(gateway(peer)
                    + outside.secretIn("default", "partner", "cert=other.pem", "key=other.key", "cacert=ca.pem")
                    + outside.secret("partner", "cert=client.pem", "key=client.key", "cacert=ca.pem"));

            mesh.fromOutside("peer.outside.test").send("GET /").is(200);
            assertThat(shownTo(peer)).isEqualTo("CN=client");
            mesh.counted("1x istio-ingressgateway > peer.outside.test unknown 200 -");
        }
    }

    @Test
    @Executes(SECRET)
    void aReplacedCertificateIsShownAtOnceAndADeletedOneStaysUntilTheProxyStartsAnew(Case mesh) throws IOException {
        try (var peer = Peer.https(outside.server(server))) {
            var client = outside.secret("partner", "cert=client.pem", "key=client.key", "cacert=ca.pem");
            mesh.apply(gateway(peer) + client);
            mesh.fromOutside("peer.outside.test").send("GET /").is(200);

            mesh.apply(outside.secret("partner", "cert=other.pem", "key=other.key", "cacert=ca.pem"));
            mesh.fromOutside("peer.outside.test").send("GET /").is(200);
            assertThat(shownTo(peer)).isEqualTo("CN=other");

            mesh.delete(client);
            mesh.fromOutside("peer.outside.test").send("GET /").is(200);
            assertThat(shownTo(peer)).isEqualTo("CN=other");
        }
    }

    @Test
    @Executes(SECRET)
    void whatCannotServeIsRefusedBeforeAnybodyHearsOfIt(Case mesh) throws IOException {
        try (var peer = Peer.https(outside.server(server))) {
            mesh.apply(outside.secretIn("default", "partner", "cert=client.pem", "key=client.key", "cacert=ca.pem")
                    + forCaller(peer, "mode: MUTUAL, credentialName: partner"));

            mesh.refused(
                    outside.secretIn("default", "partner", "cert=client.pem", "key=other.key", "cacert=ca.pem"),
                    "does not fit");
            mesh.refused(outside.secretIn("default", "partner", "cacert=ca.pem"), "neither cert and key");
            mesh.refused(outside.secretIn("default", "partner", "cert=client.pem", "key=client.key"), "no authorities");
            caller(mesh).send("GET /").is(200);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"expired, -2", "not yet valid, 2"})
    @Executes(SECRET)
    void aServerWhoseTimeIsNotNowIsRefused(String what, int days, Case mesh) throws IOException {
        var untimely = outside.issue("untimely", "peer.outside.test", Duration.ofDays(days));
        try (var peer = Peer.https(outside.server(untimely))) {
            mesh.apply(outside.secretIn("default", "partner", "ca.crt=ca.pem")
                    + forCaller(peer, "mode: SIMPLE, credentialName: partner"));

            caller(mesh).send("GET /").is(503);
            mesh.counted("1x caller > peer.outside.test unknown 503 URX,UF");
        }
    }

    private static String gateway(Peer peer) {
        return rule(peer, "istio-system", "", "mode: MUTUAL, credentialName: partner") + """
                kind: Gateway
                metadata: {name: way-out}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: [peer.outside.test]}]
                ---
                kind: VirtualService
                metadata: {name: way-out}
                spec:
                  hosts: [peer.outside.test]
                  gateways: [way-out]
                  http: [{route: [{destination: {host: peer.outside.test, port: {number: 8080}}}]}]
                ---
                """;
    }

    private static String shownTo(Peer peer) throws SSLPeerUnverifiedException {
        var session = ((SSLSocket) peer.connections().getLast().socket()).getSession();
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }
}
