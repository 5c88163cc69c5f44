/** Takes payments, and fails as often as it is told to. */
@NullMarked
package dev.binnacle.payments;

import org.jspecify.annotations.NullMarked;
