/** Configuration generators: pure functions from manifests and settings to files. */
@NullMarked
package dev.binnacle.spi.generate;

import org.jspecify.annotations.NullMarked;
