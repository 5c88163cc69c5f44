/** What metrics say of a mesh. Pure: no I/O, no threads, no framework. */
@NullMarked
package dev.binnacle.insight;

import org.jspecify.annotations.NullMarked;
