/** How well something does, with the reason in words. */
@NullMarked
package dev.binnacle.insight.health;

import org.jspecify.annotations.NullMarked;
