/** A store that speaks a line protocol over TCP: entries in an account book, kept in memory and bounded. */
@NullMarked
package dev.binnacle.ledger;

import org.jspecify.annotations.NullMarked;
