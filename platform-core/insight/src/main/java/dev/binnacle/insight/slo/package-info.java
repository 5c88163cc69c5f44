/** Service level objectives: what is left of their budgets. */
@NullMarked
package dev.binnacle.insight.slo;

import org.jspecify.annotations.NullMarked;
