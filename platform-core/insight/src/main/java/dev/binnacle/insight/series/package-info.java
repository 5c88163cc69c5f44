/** How signals went over time. */
@NullMarked
package dev.binnacle.insight.series;

import org.jspecify.annotations.NullMarked;
