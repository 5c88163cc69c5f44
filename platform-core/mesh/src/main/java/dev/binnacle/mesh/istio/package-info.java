/** Istio resources as written. */
@NullMarked
package dev.binnacle.mesh.istio;

import org.jspecify.annotations.NullMarked;
