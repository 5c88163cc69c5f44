/** How the console reaches a browser. What it shows is under {@code /api/v1}. */
@NullMarked
package dev.binnacle.app.console;

import org.jspecify.annotations.NullMarked;
