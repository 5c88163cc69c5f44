/** Certificates, keys and authorities: what is wrong with them, and what they say. */
@NullMarked
package dev.binnacle.mesh.credential;

import org.jspecify.annotations.NullMarked;
