/** Which endpoints are near to a client, and what that means. */
@NullMarked
package dev.binnacle.mesh.compile.locality;

import org.jspecify.annotations.NullMarked;
