/** The last traces, kept in bounded memory, and found again. */
@NullMarked
package dev.binnacle.pipeline.trace;

import org.jspecify.annotations.NullMarked;
