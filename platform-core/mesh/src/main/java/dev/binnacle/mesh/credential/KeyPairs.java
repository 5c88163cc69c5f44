package dev.binnacle.mesh.credential;

import dev.binnacle.mesh.ir.Hidden;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Set;

/** Checks that a certificate and its key are what Envoy takes. */
public final class KeyPairs {
    /** What clients of TLS take in one message, by the default of most libraries. */
    private static final int LONGEST_CHAIN = 100 * 1024;

    private static final int SMALLEST_RSA = 2048;
    private static final Set<Integer> CURVES = Set.of(256, 384, 521);
    private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

    private KeyPairs() {}

    /**
     * Checks both, and that they belong together.
     *
     * @throws UnusableException when Envoy or every client would refuse them
     */
    public static void check(Hidden chain, Hidden key) throws UnusableException {
        var certificates = Certificates.read(chain);
        if (chain.length() > LONGEST_CHAIN) {
            throw new UnusableException("the chain of " + certificates.size() + " certificates has " + chain.length()
                    + " bytes, and TLS clients take about " + LONGEST_CHAIN);
        }
        var own = certificates.getFirst();
        checkStrength(own.getPublicKey());
        checkFits(own, key(own, key));
    }

    /** Checks authorities, and what they revoked. */
    public static void checkAuthorities(Hidden certificates, List<Hidden> revoked) throws UnusableException {
        Certificates.read(certificates);
        for (var list : revoked) {
            Certificates.checkRevoked(list);
        }
    }

    private static void checkStrength(PublicKey key) throws UnusableException {
        switch (key) {
            case RSAPublicKey rsa when rsa.getModulus().bitLength() >= SMALLEST_RSA -> {}
            case RSAPublicKey rsa ->
                throw new UnusableException("its RSA key has "
                        + rsa.getModulus().bitLength() + " bits, Envoy wants at least " + SMALLEST_RSA);
            case ECPublicKey curve
            when CURVES.contains(curve.getParams().getCurve().getField().getFieldSize()) -> {}
            case ECPublicKey curve ->
                throw new UnusableException("its key is on a curve other than P-256, P-384 and P-521");
            default -> throw new UnusableException("its key is neither RSA nor ECDSA, and Envoy takes no other");
        }
    }

    private static PrivateKey key(X509Certificate certificate, Hidden text) throws UnusableException {
        for (var block : PemBlocks.read(text)) {
            if (block.label().endsWith("PRIVATE KEY")) {
                byte[] der = block.label().equals("PRIVATE KEY")
                        ? block.der()
                        : Der.privateKey(certificate.getPublicKey().getEncoded(), block.der());
                return key(certificate.getPublicKey().getAlgorithm(), der);
            }
        }
        throw new UnusableException("there is no private key in it");
    }

    private static PrivateKey key(String algorithm, byte[] der) throws UnusableException {
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw new UnusableException("the key is not readable as one of the certificate's kind, " + algorithm);
        }
    }

    private static void checkFits(X509Certificate certificate, PrivateKey key) throws UnusableException {
        try {
            var signature =
                    Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            if (!signature.verify(signed)) {
                throw new UnusableException("the key does not fit the certificate");
            }
        } catch (GeneralSecurityException e) {
            throw new UnusableException("the key does not fit the certificate");
        }
    }
}
