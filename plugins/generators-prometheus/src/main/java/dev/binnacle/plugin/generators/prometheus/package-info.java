/** Generators of Prometheus' own files. */
@NullMarked
package dev.binnacle.plugin.generators.prometheus;

import org.jspecify.annotations.NullMarked;
