/** Asking servers that are not trusted: where a connection may lead, how long an answer may take, who the server has to be. */
@NullMarked
package dev.binnacle.prometheus.http;

import org.jspecify.annotations.NullMarked;
