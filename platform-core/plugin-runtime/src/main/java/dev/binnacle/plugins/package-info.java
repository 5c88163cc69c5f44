/** Finds, checks, isolates, starts, limits, reloads and reports plugins; the only module that knows PF4J. */
@NullMarked
package dev.binnacle.plugins;

import org.jspecify.annotations.NullMarked;
