/** Typed settings of an extension, with every problem of every key at once. */
@NullMarked
package dev.binnacle.spi.config;

import org.jspecify.annotations.NullMarked;
