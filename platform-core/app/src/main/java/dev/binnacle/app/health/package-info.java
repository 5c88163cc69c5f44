/** Liveness and readiness. */
@NullMarked
package dev.binnacle.app.health;

import org.jspecify.annotations.NullMarked;
