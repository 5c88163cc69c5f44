package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.schema.Resource;
import java.util.Map;

/** A Kubernetes Namespace, which selectors of Gateway API know by its labels. */
public record Namespace(ResourceRef ref, Origin origin, Map<String, String> labels) implements Resource {}
