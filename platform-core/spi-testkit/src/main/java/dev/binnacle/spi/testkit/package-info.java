@NullMarked
package dev.binnacle.spi.testkit;

import org.jspecify.annotations.NullMarked;
