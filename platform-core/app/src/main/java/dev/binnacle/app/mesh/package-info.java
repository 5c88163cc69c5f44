/** The running mesh: manifests, overlays and topology in, snapshots out, and changes at run time. */
@NullMarked
package dev.binnacle.app.mesh;

import org.jspecify.annotations.NullMarked;
