package dev.binnacle.local.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final WorkloadIdentity CATALOG = new WorkloadIdentity(
            "default", "catalog", "v1", "catalog-v1", "spiffe://cluster.local/ns/default/sa/catalog");

    @TempDir
    private Path folder;

    @Test
    void aCertificateNamesTheWorkloadInItsSubjectAndTheAccountInItsUri() throws Exception {
        var authority = CertificateAuthority.open(folder, InstantSource.fixed(NOW));

        var certificate = authority.issue(CATALOG, Duration.ofHours(24)).certificate();

        assertThat(certificate.getSubjectX500Principal().getName())
                .isEqualTo("CN=catalog-v1,OU=v1,OU=catalog,O=default");
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactly(List.of(6, "spiffe://cluster.local/ns/default/sa/catalog"));
        assertThatCode(() -> certificate.verify(authority.root().getPublicKey()))
                .doesNotThrowAnyException();
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getNotAfter()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @Test
    void theKeyBelongsToTheCertificate() throws Exception {
        var credential =
                CertificateAuthority.open(folder, InstantSource.system()).issue(CATALOG, Duration.ofHours(1));

        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(credential.key());
        byte[] signature = signer.sign();
        signer.initVerify(credential.certificate());

        assertThat(signer.verify(signature)).isTrue();
    }

    @Test
    void theRootStaysUntilItsTimeIsAlmostOver() throws IOException {
        var first = CertificateAuthority.open(folder, InstantSource.fixed(NOW)).root();

        assertThat(CertificateAuthority.open(folder, InstantSource.fixed(NOW.plus(Duration.ofDays(300))))
                        .root())
                .isEqualTo(first);
        assertThat(CertificateAuthority.open(folder, InstantSource.fixed(NOW.plus(Duration.ofDays(340))))
                        .root())
                .isNotEqualTo(first);
    }

    @Test
    void theRootsKeyIsForItsOwnerOnly() throws IOException {
        CertificateAuthority.open(folder, InstantSource.system());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("root-key.pem"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aNameLongerThanX509AllowsIsShortened() throws IOException {
        var longName = new WorkloadIdentity("default", "a".repeat(70), "v1", "b".repeat(70), "spiffe://x/y");

        var certificate = CertificateAuthority.open(folder, InstantSource.system())
                .issue(longName, Duration.ofHours(1))
                .certificate();

        assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=" + "b".repeat(64) + ",");
    }

    @Test
    void secretsHoldCertificateAndKeyInOneFile() throws Exception {
        var authority = CertificateAuthority.open(folder, InstantSource.system());
        var credential = authority.issue(CATALOG, Duration.ofHours(1));

        new SecretFiles(folder.resolve("pod")).write(credential, authority.rootPem());

        var secret = new ObjectMapper()
                .readTree(folder.resolve("pod/sds/default.json").toFile())
                .at("/resources/0");
        assertThat(secret.at("/name").asText()).isEqualTo("default");
        String chain =
                secret.at("/tls_certificate/certificate_chain/inline_string").asText();
        assertThat(Pem.certificate(chain)).isEqualTo(credential.certificate());
        assertThat(Pem.key(
                        secret.at("/tls_certificate/private_key/inline_string").asText()))
                .isEqualTo(credential.key());
        assertThat(folder.resolve("pod/sds/ROOTCA.json")).content().contains("trusted_ca");
        assertThat(credential.toString()).doesNotContain("PRIVATE");
    }
}
