/** One of several replicas leads, as a Lease says. */
@NullMarked
package dev.binnacle.kubernetes.lease;

import org.jspecify.annotations.NullMarked;
