/** {@code generator-alerts}: what somebody has to be told about the mesh, its control plane, its gateways and the platform. */
@NullMarked
package dev.binnacle.plugin.generators.alerts;

import org.jspecify.annotations.NullMarked;
