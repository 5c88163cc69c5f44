/** What every extension has: a descriptor, a factory, a stability level, two kinds of failure. */
@NullMarked
package dev.binnacle.spi;

import org.jspecify.annotations.NullMarked;
