/** A batch job that counts what is left in the shop and pushes the result. */
@NullMarked
package dev.binnacle.stockreport;

import org.jspecify.annotations.NullMarked;
