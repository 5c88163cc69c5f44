/** Sends a steady, reproducible mix of requests and counts what comes back. */
@NullMarked
package dev.binnacle.loadgenerator;

import org.jspecify.annotations.NullMarked;
