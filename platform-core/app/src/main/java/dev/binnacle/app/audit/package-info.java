/** The change log: who changed what, and what it was before. */
@NullMarked
package dev.binnacle.app.audit;

import org.jspecify.annotations.NullMarked;
