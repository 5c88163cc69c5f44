/** What translation has to say about a manifest: code, place, value, advice. */
@NullMarked
package dev.binnacle.mesh.diagnostic;

import org.jspecify.annotations.NullMarked;
