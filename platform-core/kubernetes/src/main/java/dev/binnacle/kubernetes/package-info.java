/** The platform in a cluster. */
@NullMarked
package dev.binnacle.kubernetes;

import org.jspecify.annotations.NullMarked;
