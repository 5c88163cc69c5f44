/** Random configurations and requests: what {@code why} says and what a real Envoy does are the same. */
@NullMarked
package dev.binnacle.testkit.agreement;

import org.jspecify.annotations.NullMarked;
