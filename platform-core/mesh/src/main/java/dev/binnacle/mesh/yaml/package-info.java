/** YAML as Kubernetes reads it: YAML 1.1 scalars, limits, and the line of every value. */
@NullMarked
package dev.binnacle.mesh.yaml;

import org.jspecify.annotations.NullMarked;
