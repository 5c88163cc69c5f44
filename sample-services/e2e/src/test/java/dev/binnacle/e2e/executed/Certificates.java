package dev.binnacle.e2e.executed;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** An authority outside of the mesh, with a folder of the files that rules name. */
public final class Certificates {
    private static final X500Name ISSUER = new X500Name("CN=Outside");
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final AtomicLong serial = new AtomicLong();
    private final KeyPair keys;
    private final X509Certificate authority;

    /** A certificate and its key. */
    public record Issued(X509Certificate certificate, KeyPair keys) {}

    /** Makes an authority, and {@code ca.pem} and {@code ca.key} in the folder. */
    public Certificates(Path folder) {
        this.folder = folder;
        this.keys = pair("EC", 256);
        this.authority = issue(ISSUER, keys, null, Instant.now().minusSeconds(60));
        write("ca.pem", authority);
        write("ca.key", keys.getPrivate());
    }

    Path file(String name) {
        return folder.resolve(name).toAbsolutePath();
    }

    /** Issues a certificate for a DNS name, and writes {@code NAME.pem} and {@code NAME.key}. */
    public Issued issue(String name, String dns) {
        return issue(name, dns, pair("EC", 256), Duration.ofMinutes(-1));
    }

    /** Does the same with an RSA key. */
    Issued issueRsa(String name, String dns) {
        return issue(name, dns, pair("RSA", 2048), Duration.ofMinutes(-1));
    }

    /** Issues one that holds for a day, from a time after now. */
    Issued issue(String name, String dns, Duration from) {
        return issue(name, dns, pair("EC", 256), from);
    }

    private Issued issue(String name, String dns, KeyPair own, Duration from) {
        var certificate =
                issue(new X500Name("CN=" + name), own, dns, Instant.now().plus(from));
        write(name + ".pem", certificate);
        write(name + ".key", own.getPrivate());
        return new Issued(certificate, own);
    }

    /** Writes a list of revoked certificates. */
    void revoke(String file, X509Certificate... revoked) {
        var list = new X509v2CRLBuilder(ISSUER, now());
        list.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(1))));
        for (var certificate : revoked) {
            list.addCRLEntry(certificate.getSerialNumber(), now(), CRLReason.keyCompromise);
        }
        write(file, list.build(signer()));
    }

    /** Returns the context of a server with this certificate that trusts this authority. */
    SSLContext server(Issued issued) {
        return context(issued);
    }

    /** Returns the context of a client that trusts this authority, with a certificate or without one. */
    SSLContext client(@Nullable Issued issued) {
        return context(issued);
    }

    /** Returns a Secret of the ingress gateway's namespace, with values {@code KEY=FILE}. */
    String secret(String name, String... values) {
        return secretIn("istio-system", name, values);
    }

    /** Returns a Secret with values {@code KEY=FILE}. */
    String secretIn(String namespace, String name, String... values) {
        var yaml = new StringBuilder(
                "kind: Secret\nmetadata: {name: " + name + ", namespace: " + namespace + "}\nstringData:\n");
        for (String value : values) {
            int equals = value.indexOf('=');
            yaml.append("  ").append(value, 0, equals).append(": |\n");
            yaml.append(text(value.substring(equals + 1)).indent(4));
        }
        return yaml.append("---\n").toString();
    }

    /** Returns a Secret of type {@code kubernetes.io/tls} with a certificate of this name. */
    String secretOf(String name, String issued) {
        return secret(name, "tls.crt=" + issued + ".pem", "tls.key=" + issued + ".key")
                .replace("stringData:", "type: kubernetes.io/tls\nstringData:");
    }

    private String text(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context(@Nullable Issued issued) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (issued != null) {
                store.setKeyEntry(
                        "own", issued.keys().getPrivate(), PASSWORD, new Certificate[] {issued.certificate()});
            }
            store.setCertificateEntry("authority", authority);
            var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(store, PASSWORD);
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509Certificate issue(X500Name subject, KeyPair own, String dns, Instant from) {
        var builder = new JcaX509v3CertificateBuilder(
                ISSUER,
                BigInteger.valueOf(serial.incrementAndGet()),
                Date.from(from),
                Date.from(from.plus(Duration.ofDays(1))),
                subject,
                own.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(subject.equals(ISSUER)));
            if (dns != null) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, dns)));
            }
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Date now() {
        return Date.from(Instant.now().minusSeconds(60));
    }

    private void write(String name, Object pem) {
        try {
            Files.createDirectories(folder);
            var text = new StringWriter();
            try (var writer = new JcaPEMWriter(text)) {
                // Envoy reads keys as PKCS #8 has them.
                writer.writeObject(pem instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : pem);
            }
            Files.writeString(folder.resolve(name), text.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
