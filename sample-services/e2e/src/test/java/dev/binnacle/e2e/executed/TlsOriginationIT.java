package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sidecars that speak TLS in the place of the application: with whom, as whom, and whom they do not believe. */
@ExtendWith(ExecutedMesh.class)
class TlsOriginationIT {
    private static final String FIELDS = "DestinationRule spec.trafficPolicy.tls.";

    @TempDir
    private static Path folder;

    private static Certificates outside;
    private static Certificates.Issued server;

    @BeforeAll
    static void issue() {
        outside = new Certificates(folder);
        server = outside.issue("server", "api.outside.test");
        outside.issue("client", "client.outside.test");
        outside.revoke("crl.pem", server.certificate());
        outside.revoke("empty-crl.pem");
        new Certificates(folder.resolve("other"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # tls                                                                                         | status
            mode: SIMPLE, sni: api.outside.test, caCertificates: $/ca.pem                                  | 200
            mode: SIMPLE, sni: api.outside.test, caCertificates: $/other/ca.pem                            | 503
            mode: SIMPLE, sni: api.outside.test                                                            | 503
            mode: SIMPLE, sni: api.outside.test, insecureSkipVerify: true                                  | 200
            mode: SIMPLE, sni: a, subjectAltNames: [api.outside.test], caCertificates: $/ca.pem            | 200
            mode: SIMPLE, sni: a, subjectAltNames: [b.outside.test], caCertificates: $/ca.pem              | 503
            mode: SIMPLE, sni: a, caCertificates: $/ca.pem, caCrl: $/empty-crl.pem                         | 200
            mode: SIMPLE, sni: a, caCertificates: $/ca.pem, caCrl: $/crl.pem                               | 503
            mode: DISABLE                                                                                  | 502
            """)
    @Executes(FIELDS + "{mode,sni,caCertificates,insecureSkipVerify,subjectAltNames,caCrl}")
    void aServerIsBelievedOrNot(String tls, int status, Case mesh) throws IOException {
        try (var peer = Peer.https(outside.server(server))) {
            var caller = mesh.peer(peer, "HTTP", "tls: {" + tls.replace("$", folder.toString()) + "}");

            assertThat(caller.send("GET /").status()).isEqualTo(status);
        }
    }

    @Test
    @Executes(FIELDS + "{mode,sni,clientCertificate,privateKey}")
    void theServerSeesTheNameThatIsAskedForAndTheClientsCertificate(Case mesh) throws IOException {
        try (var peer = Peer.https(outside.server(server))) {
            var caller = mesh.peer(peer, "HTTP", """
                    tls:
                      mode: MUTUAL
                      sni: api.outside.test
                      clientCertificate: $/client.pem
                      privateKey: $/client.key
                      caCertificates: $/ca.pem
                    """.replace("$", folder.toString()));

            caller.send("GET /").is(200);
            mesh.counted("1x caller > peer.outside.test unknown 200 -");
            var session = (ExtendedSSLSession)
                    ((SSLSocket) peer.connections().getLast().socket()).getSession();
            assertThat(session.getRequestedServerNames()).isEqualTo(List.of(new SNIHostName("api.outside.test")));
            assertThat(clientOf(session)).isEqualTo("CN=client");
        }
    }

    @Test
    @Executes(FIELDS + "mode")
    void sidecarsSpeakTheirOwnTlsOrNoneWhateverTheyWouldDoByThemselves(Case mesh) {
        mesh.policy("tls: {mode: ISTIO_MUTUAL}");
        mesh.send("GET /").is(200);
        mesh.secured("1x mutual_tls");

        mesh.policy("tls: {mode: DISABLE}");
        mesh.send("GET /").is(200);
        mesh.secured("1x mutual_tls", "1x none");
    }

    private static String clientOf(ExtendedSSLSession session) throws SSLPeerUnverifiedException {
        return ((X509Certificate) session.getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }
}
