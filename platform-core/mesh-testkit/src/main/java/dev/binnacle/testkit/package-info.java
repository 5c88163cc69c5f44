/** Routing tests: what a team's own Istio manifests do with a request, asserted in a sentence. */
@NullMarked
package dev.binnacle.testkit;

import org.jspecify.annotations.NullMarked;
