/** What a DestinationRule says about the traffic to a host, a subset or a port. */
@NullMarked
package dev.binnacle.mesh.istio.traffic;

import org.jspecify.annotations.NullMarked;
