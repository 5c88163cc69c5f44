/** Wires the plugins: their settings, their metrics, their pages and their place in the API. */
@NullMarked
package dev.binnacle.app.plugins;

import org.jspecify.annotations.NullMarked;
