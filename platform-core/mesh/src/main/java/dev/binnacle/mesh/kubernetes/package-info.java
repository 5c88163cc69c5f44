/** Kubernetes resources as written: the registry of services and workloads. */
@NullMarked
package dev.binnacle.mesh.kubernetes;

import org.jspecify.annotations.NullMarked;
