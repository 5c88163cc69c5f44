@NullMarked
package dev.binnacle.spi;

import org.jspecify.annotations.NullMarked;
