package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;

/** An identity that pods can have; its name becomes part of their certificate. */
public record ServiceAccount(ResourceRef ref, Origin origin) implements Resource {}
