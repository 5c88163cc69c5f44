/** Random configurations, the same for the same seed: for tests that compare what two judges make of them. */
@NullMarked
package dev.binnacle.mesh.random;

import org.jspecify.annotations.NullMarked;
