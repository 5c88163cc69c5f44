/** YAML written so that every text is the same text when it is read. */
@NullMarked
package dev.binnacle.prometheus.yaml;

import org.jspecify.annotations.NullMarked;
