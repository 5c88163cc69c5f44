/** Prometheus' own answers to compare with: from a program when one is named, else as it answered last. */
@NullMarked
package dev.binnacle.prometheus.oracle;

import org.jspecify.annotations.NullMarked;
