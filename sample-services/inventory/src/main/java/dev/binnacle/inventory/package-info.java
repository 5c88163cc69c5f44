/** How much of each article there is, and who may take it: the store and its gRPC service. */
@NullMarked
package dev.binnacle.inventory;

import org.jspecify.annotations.NullMarked;
