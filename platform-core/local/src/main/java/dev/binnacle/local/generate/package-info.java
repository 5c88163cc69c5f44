/** Runs generators in this process, over the files of a folder. */
@NullMarked
package dev.binnacle.local.generate;

import org.jspecify.annotations.NullMarked;
