/** Running generators together. */
@NullMarked
package dev.binnacle.plugins.generate;

import org.jspecify.annotations.NullMarked;
