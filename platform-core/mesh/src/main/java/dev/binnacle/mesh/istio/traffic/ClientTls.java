package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.ir.Cluster.KeyPair;
import dev.binnacle.mesh.ir.Cluster.Trust;
import java.util.List;
import java.util.Optional;

/**
 * How connections are protected, when a rule says so.
 *
 * @param sni empty where the rule says nothing
 * @param names of which the server's certificate must have one
 * @param trust whom a server outside of the mesh's own TLS must have its certificate from
 * @param certificate the client's, in mode MUTUAL
 */
public record ClientTls(Mode mode, String sni, List<String> names, Trust trust, Optional<KeyPair> certificate) {
    /** Istio's modes. */
    public enum Mode {
        DISABLE,
        SIMPLE,
        MUTUAL,
        ISTIO_MUTUAL
    }
}
