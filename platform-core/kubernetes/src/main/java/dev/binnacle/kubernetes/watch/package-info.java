/** Keeping what the API server tells: lists, watches, what of it is kept, and what is wrong with them. */
@NullMarked
package dev.binnacle.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
