/** Child processes: started, watched, restarted with growing pauses, and stopped. */
@NullMarked
package dev.binnacle.local.process;

import org.jspecify.annotations.NullMarked;
