package dev.binnacle.mesh.ir;

import java.util.Optional;

/** What a proxy needs for TLS beside its certificate from the mesh's own authority. It is told to that proxy alone. */
public sealed interface Credential {
    /** Returns the name by which a proxy asks for it, Istio's. */
    String name();

    /** Returns the resource it is from. */
    Origin origin();

    /**
     * A certificate with its key.
     *
     * @param chain the certificate and those that lead to its authority, as PEM
     * @param key as PEM
     * @param staple an OCSP response
     */
    record KeyPair(String name, Hidden chain, Hidden key, Optional<Hidden> staple, Origin origin)
            implements Credential {}

    /**
     * Authorities that are trusted.
     *
     * @param certificates theirs, as PEM
     * @param revoked lists of certificates that are not accepted any more, as PEM
     */
    record Authorities(String name, Hidden certificates, Optional<Hidden> revoked, Origin origin)
            implements Credential {}
}
