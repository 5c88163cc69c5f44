/** Samples as lines of JSON in a file that is rotated. */
@NullMarked
package dev.binnacle.plugin.exporter.file;

import org.jspecify.annotations.NullMarked;
