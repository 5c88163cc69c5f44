/** From the intermediate form to Envoy resources. */
@NullMarked
package dev.binnacle.mesh.xds;

import org.jspecify.annotations.NullMarked;
