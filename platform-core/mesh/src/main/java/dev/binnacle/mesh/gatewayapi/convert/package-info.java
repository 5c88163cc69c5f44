/** From Gateway API to the Gateways and VirtualServices that mean the same, as Istio does it. */
@NullMarked
package dev.binnacle.mesh.gatewayapi.convert;

import org.jspecify.annotations.NullMarked;
