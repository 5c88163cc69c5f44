package dev.binnacle.mesh.compile.locality;

import dev.binnacle.mesh.ir.Cluster.Endpoint;
import dev.binnacle.mesh.ir.Locality;
import java.util.Map;

/**
 * An endpoint and where it is.
 *
 * @param labels of its pod, with those that say where it is
 */
public record Located(Endpoint endpoint, Locality locality, Map<String, String> labels) {}
