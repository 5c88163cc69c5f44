/** The one EnvoyFilter that is read: Istio's local rate limit. */
@NullMarked
package dev.binnacle.mesh.istio.limit;

import org.jspecify.annotations.NullMarked;
