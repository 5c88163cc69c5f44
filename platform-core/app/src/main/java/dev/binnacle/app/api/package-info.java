/** The HTTP API. Errors are problem documents of RFC 9457. */
@NullMarked
package dev.binnacle.app.api;

import org.jspecify.annotations.NullMarked;
