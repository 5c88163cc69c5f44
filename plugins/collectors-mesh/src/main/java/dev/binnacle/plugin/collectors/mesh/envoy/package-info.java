/** Reads Envoy's read-only admin interface. */
@NullMarked
package dev.binnacle.plugin.collectors.mesh.envoy;

import org.jspecify.annotations.NullMarked;
