/** The Common Expression Language as far as Envoy speaks it: read, so that no expression that Envoy refuses is sent to one. */
@NullMarked
package dev.binnacle.mesh.cel;

import org.jspecify.annotations.NullMarked;
