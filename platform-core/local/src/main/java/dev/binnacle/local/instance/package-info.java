/** Where one running platform keeps its files, its loopback addresses and the record of what it started. */
@NullMarked
package dev.binnacle.local.instance;

import org.jspecify.annotations.NullMarked;
