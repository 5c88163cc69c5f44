/** Who talks to whom, and how that goes: Istio's standard metrics joined with what the manifests declare. */
@NullMarked
package dev.binnacle.insight.topology;

import org.jspecify.annotations.NullMarked;
