/** Seeing and steering where requests go. */
@NullMarked
package dev.binnacle.app.traffic;

import org.jspecify.annotations.NullMarked;
