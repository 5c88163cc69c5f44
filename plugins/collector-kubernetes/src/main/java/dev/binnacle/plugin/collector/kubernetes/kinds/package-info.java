/** What is kept of each kind of resource, and the series that it becomes. */
@NullMarked
package dev.binnacle.plugin.collector.kubernetes.kinds;

import org.jspecify.annotations.NullMarked;
