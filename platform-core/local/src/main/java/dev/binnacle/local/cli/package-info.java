/** The command line: one class for each command. */
@NullMarked
package dev.binnacle.local.cli;

import org.jspecify.annotations.NullMarked;
