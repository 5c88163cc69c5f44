package dev.binnacle.mesh.credential;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.DSADigestSigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;

/**
 * Certificates for the cases, so that no key is in any file: where a manifest says {@code <certificate a.example.com>} or
 * {@code <key a.example.com>} stands what is made from these words alone, always the same.
 *
 * <ul>
 *   <li>{@code <certificate HOST,HOST>}, {@code <key HOST,HOST>}: a certificate for hosts of the authority {@code test}, and
 *       its key;
 *   <li>{@code <old certificate HOST>}, {@code <future certificate HOST>}: one whose time is over, or has not come;
 *   <li>{@code <cut certificate HOST>}: one without its end;
 *   <li>{@code <authority NAME>}: the certificate of an authority.
 * </ul>
 */
public final class TestCertificates {
    private static final Pattern WORDS =
            Pattern.compile("<(old certificate|future certificate|cut certificate|certificate|key|authority) ([^>]+)>");
    private static final ECNamedDomainParameters CURVE = new ECNamedDomainParameters(
            SECObjectIdentifiers.secp256r1, SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));

    private TestCertificates() {}

    /** Returns a manifest with certificates and keys in the place of the words that stand for them. */
    public static String in(String manifest) {
        return WORDS.matcher(manifest)
                .replaceAll(found -> Matcher.quoteReplacement(
                        pem(found.group(1), found.group(2)).replace("\n", "\\n")));
    }

    /** Returns what stands for {@code <what names>}. */
    public static String pem(String what, String names) {
        return switch (what) {
            case "certificate" -> certificate(names, "2020-01-01T00:00:00Z", "2120-01-01T00:00:00Z");
            case "old certificate" -> certificate(names, "2010-01-01T00:00:00Z", "2011-01-01T00:00:00Z");
            case "future certificate" -> certificate(names, "2110-01-01T00:00:00Z", "2120-01-01T00:00:00Z");
            case "cut certificate" -> pem("certificate", names).substring(0, 200);
            case "authority" -> authority(names);
            default -> key(names);
        };
    }

    private static String key(String names) {
        try {
            return block(
                    "PRIVATE KEY",
                    PrivateKeyInfoFactory.createPrivateKeyInfo(secret(names)).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String certificate(String names, String from, String until) {
        var hosts = List.of(names.split(",")).stream()
                .map(host -> new GeneralName(GeneralName.dNSName, host.strip()))
                .toArray(GeneralName[]::new);
        try {
            var builder = builder(names, "authority test", from, until)
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
            return block("CERTIFICATE", builder.build(signer("authority test")).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String authority(String name) {
        String subject = "authority " + name;
        try {
            var builder = builder(subject, subject, "2020-01-01T00:00:00Z", "2120-01-01T00:00:00Z")
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return block("CERTIFICATE", builder.build(signer(subject)).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509v3CertificateBuilder builder(String subject, String issuer, String from, String until)
            throws IOException {
        var point = CURVE.getG().multiply(secret(subject).getD());
        return new X509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.ONE,
                Date.from(Instant.parse(from)),
                Date.from(Instant.parse(until)),
                new X500Name("CN=" + subject.replace(",", " ")),
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(new ECPublicKeyParameters(point, CURVE)));
    }

    private static ECPrivateKeyParameters secret(String words) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return new ECPrivateKeyParameters(new BigInteger(1, digest).mod(CURVE.getN()), CURVE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs without chance. */
    private static ContentSigner signer(String words) {
        var content = new ByteArrayOutputStream();
        return new ContentSigner() {
            @Override
            public AlgorithmIdentifier getAlgorithmIdentifier() {
                return new DefaultSignatureAlgorithmIdentifierFinder().find("SHA256withECDSA");
            }

            @Override
            public OutputStream getOutputStream() {
                return content;
            }

            @Override
            public byte[] getSignature() {
                var signer = new DSADigestSigner(
                        new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest())), new SHA256Digest());
                signer.init(true, secret(words));
                signer.update(content.toByteArray(), 0, content.size());
                return signer.generateSignature();
            }
        };
    }

    private static String block(String type, byte[] der) {
        var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + type + "-----\n" + encoder.encodeToString(der) + "\n-----END " + type + "-----\n";
    }
}
