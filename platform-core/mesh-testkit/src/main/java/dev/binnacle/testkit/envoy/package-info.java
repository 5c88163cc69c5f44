/** Runs a caller's sidecar or a gateway as a real Envoy, in front of servers that tell what reached them. */
@NullMarked
package dev.binnacle.testkit.envoy;

import org.jspecify.annotations.NullMarked;
