/** Where pods live: the loopback addresses of pods, applications and services. */
@NullMarked
package dev.binnacle.mesh.topology;

import org.jspecify.annotations.NullMarked;
