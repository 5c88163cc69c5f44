package dev.binnacle.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** What {@code ./binnacle certificate} left in a folder, for clients of this JVM. */
record PemFiles(Path folder) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final char[] PASSWORD = "changeit".toCharArray();

    static PemFiles of(RunningMesh.Instance mesh, String secret) {
        return new PemFiles(mesh.binnacle().directory().resolve("credentials/istio-system/" + secret));
    }

    /** Deletes the Secret that has been made of them. */
    void takeBack(RunningMesh.Instance mesh) {
        mesh.binnacle()
                .run(PATIENCE, "delete", "-f", folder.resolve("secret.yaml").toString())
                .mustSucceed("delete");
    }

    /** Returns the context of a client that trusts the authority and shows nothing. */
    SSLContext trusting() {
        return context(false);
    }

    /** Returns the context of a client that shows the certificate, too. */
    SSLContext showing() {
        return context(true);
    }

    private SSLContext context(boolean own) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", certificate("ca.crt"));
            if (own) {
                store.setKeyEntry("own", key(), PASSWORD, new Certificate[] {certificate("tls.crt")});
            }
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Certificate certificate(String file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(folder.resolve(file))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private PrivateKey key() throws IOException, GeneralSecurityException {
        String pem = Files.readString(folder.resolve("tls.key")).replaceAll("-----[^-]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }
}
