/** What needs attention, worst first. */
@NullMarked
package dev.binnacle.insight.overview;

import org.jspecify.annotations.NullMarked;
