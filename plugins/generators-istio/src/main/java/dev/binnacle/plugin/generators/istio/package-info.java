/** Istio's resources from one short document. */
@NullMarked
package dev.binnacle.plugin.generators.istio;

import org.jspecify.annotations.NullMarked;
