/** What the platform knows of a cluster: the kinds that matter to a mesh, watched, and what of each object is kept. */
@NullMarked
package dev.binnacle.kubernetes.cluster;

import org.jspecify.annotations.NullMarked;
