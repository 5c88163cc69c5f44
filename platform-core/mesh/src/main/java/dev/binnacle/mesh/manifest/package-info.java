/** Manifest files: YAML text read with the line of every value, and the set of resources found in it. */
@NullMarked
package dev.binnacle.mesh.manifest;

import org.jspecify.annotations.NullMarked;
