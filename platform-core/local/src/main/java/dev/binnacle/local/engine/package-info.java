/** The external programs (Envoy, Prometheus, Alertmanager, Pushgateway): found or installed, never bundled. */
@NullMarked
package dev.binnacle.local.engine;

import org.jspecify.annotations.NullMarked;
