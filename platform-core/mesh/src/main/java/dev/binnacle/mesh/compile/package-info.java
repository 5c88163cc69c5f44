/** From resources to the intermediate form. */
@NullMarked
package dev.binnacle.mesh.compile;

import org.jspecify.annotations.NullMarked;
