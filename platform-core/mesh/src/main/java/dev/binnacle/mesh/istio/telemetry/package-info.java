/** What resources and the mesh configuration say about metrics, access logs and traces. */
@NullMarked
package dev.binnacle.mesh.istio.telemetry;

import org.jspecify.annotations.NullMarked;
