/** What istiod, or whoever answers as it does, knows about its proxies. */
@NullMarked
package dev.binnacle.plugin.collectors.mesh.istiod;

import org.jspecify.annotations.NullMarked;
