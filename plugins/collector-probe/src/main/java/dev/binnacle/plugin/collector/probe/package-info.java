/** Judging servers by asking them, through the mesh and around it. */
@NullMarked
package dev.binnacle.plugin.collector.probe;

import org.jspecify.annotations.NullMarked;
