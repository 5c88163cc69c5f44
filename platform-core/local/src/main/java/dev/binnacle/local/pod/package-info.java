/** Pods as processes on loopback: addresses, files, environment and probes. */
@NullMarked
package dev.binnacle.local.pod;

import org.jspecify.annotations.NullMarked;
