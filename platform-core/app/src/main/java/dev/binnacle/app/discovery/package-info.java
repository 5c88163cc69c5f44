/** What Prometheus should scrape. */
@NullMarked
package dev.binnacle.app.discovery;

import org.jspecify.annotations.NullMarked;
