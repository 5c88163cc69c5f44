package dev.binnacle.prometheus.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Certificates and keys as files have them. */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (?:RSA )?PRIVATE KEY-----");

    /** Version 0 and the identifier of RSA: what PKCS#8 has in front of a key of PKCS#1. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519", "Ed448");

    private Pem() {}

    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate (PEM) in it");
        }
        return certificates;
    }

    static PrivateKey key(String text) throws GeneralSecurityException {
        var match = KEY.matcher(text);
        if (!match.find()) {
            throw new GeneralSecurityException(
                    "there is no private key (PEM, PKCS#8 or PKCS#1) in it; openssl pkcs8 -topk8 -nodes converts others");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(match.group(2));
        var specification = new PKCS8EncodedKeySpec(match.group(1) == null ? bytes : wrapped(bytes));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(specification);
            } catch (InvalidKeySpecException e) {
                // A key of another kind.
            }
        }
        throw new GeneralSecurityException("its private key is of none of the kinds " + ALGORITHMS);
    }

    private static byte[] wrapped(byte[] key) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(RSA);
        content.writeBytes(tagged(4, key));
        return tagged(0x30, content.toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
