/** How many requests a proxy lets in. */
@NullMarked
package dev.binnacle.mesh.compile.limit;

import org.jspecify.annotations.NullMarked;
