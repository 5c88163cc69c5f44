package dev.binnacle.prometheus.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Certificates and keys as files have them. */
final class Pem {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN ((?:RSA|EC) )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (?:(?:RSA|EC) )?PRIVATE KEY-----");

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

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

    /**
     * Returns the private key in {@code text}: PKCS#8, or PKCS#1 and SEC 1, which do not say the kind of key.
     *
     * @param of the public key of its certificate
     * @throws GeneralSecurityException when there is none, or one of another kind
     */
    static PrivateKey key(String text, PublicKey of) throws GeneralSecurityException {
        var match = KEY.matcher(text);
        if (!match.find()) {
            throw new GeneralSecurityException(
                    "there is no private key (PEM; PKCS#8, PKCS#1 or SEC 1, not encrypted) in it; openssl pkcs8 -topk8"
                            + " -nodes converts others");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(match.group(2));
        byte[] key = match.group(1) == null ? bytes : wrapped(kind(of), bytes);
        try {
            return KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(key));
        } catch (InvalidKeySpecException e) {
            throw new GeneralSecurityException(
                    "its private key is none of its certificate's kind, " + of.getAlgorithm(), e);
        }
    }

    /** Returns PKCS#8's frame, with the kind of key, around a key that does not say its own. */
    private static byte[] wrapped(byte[] kind, byte[] key) {
        var content = new ByteArrayOutputStream();
        content.writeBytes(VERSION);
        content.writeBytes(kind);
        content.writeBytes(tagged(OCTETS, key));
        return tagged(SEQUENCE, content.toByteArray());
    }

    /** Returns the element that tells the kind of key, a curve too: the first within a public key as certificates have it. */
    private static byte[] kind(PublicKey key) {
        byte[] der = key.getEncoded();
        // A length of 128 or more is told by as many bytes as the first one says; the kind itself is always shorter.
        int at = 2 + ((der[1] & 0x80) == 0 ? 0 : der[1] & 0x7f);
        return Arrays.copyOfRange(der, at, at + 2 + der[at + 1]);
    }

    private static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= 0x100) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length >= 0x80) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
