/** Answers of a Prometheus, as values. */
@NullMarked
package dev.binnacle.insight.query;

import org.jspecify.annotations.NullMarked;
