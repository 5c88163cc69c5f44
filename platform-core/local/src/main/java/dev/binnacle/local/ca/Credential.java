package dev.binnacle.local.ca;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** A certificate and its private key. */
public record Credential(X509Certificate certificate, PrivateKey key) {
    /** Returns when the certificate begins to hold. */
    public Instant from() {
        return certificate.getNotBefore().toInstant();
    }

    /** Returns when the certificate stops to hold. */
    public Instant until() {
        return certificate.getNotAfter().toInstant();
    }

    /** Returns when half of its time is over, which is when it should be replaced. */
    public Instant halfTime() {
        return from().plus(Duration.between(from(), until()).dividedBy(2));
    }

    /** Returns the certificate as PEM. */
    public String certificatePem() {
        return Pem.of(certificate);
    }

    /** Returns the key as PEM, in PKCS #8 and readable by whoever has it. */
    public String keyPem() {
        return Pem.of(key);
    }

    /** Keeps the key out of logs. */
    @Override
    public String toString() {
        return "Credential[" + certificate.getSubjectX500Principal() + " until " + until() + "]";
    }
}
