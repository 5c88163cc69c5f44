/** What clients of the mesh may call, who answers there, and which of it a pod may see. */
@NullMarked
package dev.binnacle.mesh.registry;

import org.jspecify.annotations.NullMarked;
