/** How many series Prometheus will hold of what proxies count. */
@NullMarked
package dev.binnacle.mesh.cardinality;

import org.jspecify.annotations.NullMarked;
