/** Takes orders: has them paid, writes them into the ledger, and remembers the latest. */
@NullMarked
package dev.binnacle.orders;

import org.jspecify.annotations.NullMarked;
