/** Collectors: extensions that look at something and report samples. */
@NullMarked
package dev.binnacle.spi.collect;

import org.jspecify.annotations.NullMarked;
