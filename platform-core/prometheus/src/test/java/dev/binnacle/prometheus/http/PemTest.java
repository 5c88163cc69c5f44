package dev.binnacle.prometheus.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as openssl writes them, in each form that Prometheus reads. */
class PemTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // SEC 1, with the curve's parameters in front of the key.
        "ecparam -genkey -name prime256v1, BEGIN EC PRIVATE KEY, SHA256withECDSA",
        "ecparam -genkey -name secp384r1, BEGIN EC PRIVATE KEY, SHA256withECDSA",
        "ecparam -genkey -name secp521r1 -noout, BEGIN EC PRIVATE KEY, SHA256withECDSA",
        "genrsa -traditional 2048, BEGIN RSA PRIVATE KEY, SHA256withRSA",
        "genpkey -algorithm RSA, BEGIN PRIVATE KEY, SHA256withRSA",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256, BEGIN PRIVATE KEY, SHA256withECDSA",
        "genpkey -algorithm ED25519, BEGIN PRIVATE KEY, Ed25519"
    })
    void aKeySignsForItsCertificate(String command, String form, String algorithm) throws Exception {
        String text = made("own", command);
        assertThat(text).contains(form);
        var certificate = certificate("own");

        var key = Pem.key(text, certificate.getPublicKey());

        byte[] said = "said".getBytes(StandardCharsets.UTF_8);
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(said);
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        signature.update(said);
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void aKeyOfAnotherKindThanTheCertificateIsNamed() throws Exception {
        made("own", "genpkey -algorithm ED25519");
        var certificate = certificate("own");
        for (String other : List.of("genrsa -traditional 2048", "genpkey -algorithm RSA")) {
            String text = made("other", other);
            assertThatThrownBy(() -> Pem.key(text, certificate.getPublicKey()))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageContaining("EdDSA");
        }
    }

    @Test
    void anEncryptedKeyAndNoneAreRefusedWithWhatToDo() throws Exception {
        String encrypted = made("own", "genpkey -algorithm RSA -aes-128-cbc -pass pass:secret");
        made("plain", "genpkey -algorithm RSA");
        var certificate = certificate("plain");
        for (String text : List.of(encrypted, "", "-----BEGIN EC PRIVATE KEY-----\n\n-----END EC PRIVATE KEY-----")) {
            assertThatThrownBy(() -> Pem.key(text, certificate.getPublicKey()))
                    .isInstanceOf(GeneralSecurityException.class);
        }
    }

    /** Returns the key that this command of openssl makes. */
    private String made(String name, String command) throws Exception {
        Path file = folder.resolve(name + ".key");
        var words = new ArrayList<>(List.of("openssl"));
        Collections.addAll(words, command.split(" "));
        // Options come before the number of bits.
        words.addAll(2, List.of("-out", file.toString()));
        run(words);
        return Files.readString(file);
    }

    private X509Certificate certificate(String name) throws Exception {
        Path file = folder.resolve(name + ".crt");
        run(List.of(
                "openssl",
                "req",
                "-x509",
                "-new",
                "-subj",
                "/CN=a",
                "-key",
                folder.resolve(name + ".key") + "",
                "-out",
                file + ""));
        return Pem.certificates(Files.readString(file)).getFirst();
    }

    private static void run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
