package dev.binnacle.mesh.ir;

import java.util.List;

/**
 * How a gateway ends TLS.
 *
 * @param certificates its own, by name; of several the one that suits the client's abilities
 * @param clients what it asks of clients
 * @param versions the versions of TLS that it speaks
 * @param ciphers those it accepts for versions below 1.3; empty for Envoy's choice
 */
public record ServerTls(List<String> certificates, Clients clients, Versions versions, List<String> ciphers) {
    /** The certificate that every pod has of the mesh's own authority. */
    public static final String OF_MESH = "default";

    /** The authority that gave it. */
    public static final String AUTHORITY_OF_MESH = "ROOTCA";

    /** What is asked of clients. */
    public sealed interface Clients {
        /** Nothing. */
        record Anyone() implements Clients {}

        /**
         * A certificate.
         *
         * @param required whether they may not come without
         * @param authorities whose certificates count, by name
         * @param names of which a certificate must have one; empty for any
         * @param keys SHA-256 of acceptable public keys, in Base64
         * @param hashes SHA-256 of acceptable certificates, in hexadecimal
         * @param untrusted whether certificates of others are let through as well
         */
        record Certified(
                boolean required,
                String authorities,
                List<String> names,
                List<String> keys,
                List<String> hashes,
                boolean untrusted)
                implements Clients {}
    }

    /** A version of TLS. */
    public enum Version {
        /** Envoy's choice. */
        AUTO,
        TLS_1_0,
        TLS_1_1,
        TLS_1_2,
        TLS_1_3
    }

    /** The first and the last version. */
    public record Versions(Version least, Version most) {}
}
