/** What is for sale: the assortment in two editions, with the stock as the inventory knows it. */
@NullMarked
package dev.binnacle.catalog;

import org.jspecify.annotations.NullMarked;
