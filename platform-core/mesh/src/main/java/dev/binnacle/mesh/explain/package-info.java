/** Answers which rule, cluster, endpoints and policies decide a request, without sending it. */
@NullMarked
package dev.binnacle.mesh.explain;

import org.jspecify.annotations.NullMarked;
