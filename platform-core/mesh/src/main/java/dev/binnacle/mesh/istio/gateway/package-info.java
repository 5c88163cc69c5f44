/** Gateways as written: ports that are open to clients outside, and how TLS ends there. */
@NullMarked
package dev.binnacle.mesh.istio.gateway;

import org.jspecify.annotations.NullMarked;
