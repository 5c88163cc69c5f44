/** How Maven builds and tests the console, which is not Java: with Node.js, and only when something has changed. */
@NullMarked
package dev.binnacle.local.console;

import org.jspecify.annotations.NullMarked;
