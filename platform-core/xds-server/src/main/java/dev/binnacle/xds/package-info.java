/** The delta ADS server: what each proxy should have, what it has, and what it refused. */
@NullMarked
package dev.binnacle.xds;

import org.jspecify.annotations.NullMarked;
