/** The mesh: manifests in, Envoy's resources and diagnostics out. {@link dev.binnacle.mesh.Translation} is the way in. */
@NullMarked
package dev.binnacle.mesh;

import org.jspecify.annotations.NullMarked;
