/** Exporters: extensions that deliver samples somewhere else. */
@NullMarked
package dev.binnacle.spi.export;

import org.jspecify.annotations.NullMarked;
