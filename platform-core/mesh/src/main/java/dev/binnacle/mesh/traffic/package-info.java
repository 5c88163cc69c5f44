/** Where a service's requests go, in words, and what steering them otherwise would write. */
@NullMarked
package dev.binnacle.mesh.traffic;

import org.jspecify.annotations.NullMarked;
