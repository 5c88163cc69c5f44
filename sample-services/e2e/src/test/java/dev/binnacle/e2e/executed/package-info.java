/**
 * Every routing field that is documented as supported, executed: a small manifest, requests through real Envoys, what happened
 * and what the metrics say about it.
 */
@NullMarked
package dev.binnacle.e2e.executed;

import org.jspecify.annotations.NullMarked;
