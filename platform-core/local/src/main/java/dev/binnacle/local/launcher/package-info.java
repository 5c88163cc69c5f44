/** The launcher: starts everything in order, keeps it running and answers for it. */
@NullMarked
package dev.binnacle.local.launcher;

import org.jspecify.annotations.NullMarked;
