package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.ir.Cluster.Shown;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Optional;

/**
 * How connections are protected, when a rule says so.
 *
 * @param sni empty where the rule says nothing
 * @param names of which the server's certificate must have one
 * @param trust whom a server outside of the mesh's own TLS must have its certificate from
 * @param shown the client's certificate, in mode MUTUAL
 * @param secret the Secret that has what trust and certificate need, where it is not in files
 * @param place where it is written
 */
public record ClientTls(
        Mode mode,
        String sni,
        List<String> names,
        Trust trust,
        Optional<Shown> shown,
        Optional<Placed> secret,
        Place place) {
    /** Istio's modes. */
    public enum Mode {
        DISABLE,
        SIMPLE,
        MUTUAL,
        ISTIO_MUTUAL
    }
}
