/** Insight in the API: asks Prometheus, and says what the answers mean. */
@NullMarked
package dev.binnacle.app.insight;

import org.jspecify.annotations.NullMarked;
