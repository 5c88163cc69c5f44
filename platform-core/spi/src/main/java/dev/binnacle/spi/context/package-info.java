/** What the host lends to an extension, and takes back when the extension is unloaded. */
@NullMarked
package dev.binnacle.spi.context;

import org.jspecify.annotations.NullMarked;
