/** What gateways do: listeners, the chains of their connections, and tables of routes. */
@NullMarked
package dev.binnacle.mesh.compile.gateway;

import org.jspecify.annotations.NullMarked;
