package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What some pods' sidecars may see of the mesh.
 *
 * @param selector the labels of the pods; empty for the whole namespace, which in the root namespace is the whole mesh
 * @param egress the hosts they may call, as written: {@code namespace/host}; empty when the resource says nothing about it
 * @param unknownHosts what becomes of requests to other hosts; empty when the mesh configuration decides
 */
public record Sidecar(
        ResourceRef ref,
        Origin origin,
        Map<String, String> selector,
        List<Placed> egress,
        Optional<UnknownHosts> unknownHosts)
        implements Resource {
    public Sidecar {
        egress = List.copyOf(egress);
    }
}
