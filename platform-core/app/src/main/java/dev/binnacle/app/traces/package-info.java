/** The last traces: how many are kept, their metrics and their place in the API. */
@NullMarked
package dev.binnacle.app.traces;

import org.jspecify.annotations.NullMarked;
