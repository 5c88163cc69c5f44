package dev.binnacle.mesh.istio.gateway;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.ir.ServerTls.Versions;
import dev.binnacle.mesh.istio.CredentialName;
import java.util.List;
import java.util.Optional;

/**
 * How a gateway's server speaks TLS.
 *
 * @param certificates the server's own
 * @param authorities whose client certificates count; empty where clients are not asked
 * @param names of which a client's certificate must have one
 * @param keys SHA-256 of acceptable public keys, in Base64
 * @param hashes SHA-256 of acceptable certificates, in hexadecimal
 * @param untrusted whether clients with certificates of others are let through as well
 */
public record ServerTlsSettings(
        Mode mode,
        List<CredentialName> certificates,
        Optional<CredentialName> authorities,
        List<String> names,
        List<String> keys,
        List<String> hashes,
        boolean untrusted,
        Versions versions,
        List<String> ciphers,
        Place place) {
    /** Istio's modes, but for the one between networks. */
    public enum Mode {
        PASSTHROUGH,
        SIMPLE,
        MUTUAL,
        OPTIONAL_MUTUAL,
        ISTIO_MUTUAL;

        /** Tells whether clients are asked for a certificate. */
        public boolean asksClients() {
            return this == MUTUAL || this == OPTIONAL_MUTUAL || this == ISTIO_MUTUAL;
        }
    }
}
