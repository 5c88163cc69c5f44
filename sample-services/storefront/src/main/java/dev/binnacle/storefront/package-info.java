/** The shop window: a page, and a JSON API that asks the catalog and the orders. */
@NullMarked
package dev.binnacle.storefront;

import org.jspecify.annotations.NullMarked;
