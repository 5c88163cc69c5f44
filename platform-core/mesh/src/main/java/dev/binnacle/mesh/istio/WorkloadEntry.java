package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;

/** Something that is no pod and belongs to the hosts whose selectors match its labels. */
public record WorkloadEntry(ResourceRef ref, Origin origin, Member member) implements Resource {}
