/** The collector of what Kubernetes knows and the mesh does not. */
@NullMarked
package dev.binnacle.plugin.collector.kubernetes;

import org.jspecify.annotations.NullMarked;
