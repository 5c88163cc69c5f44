/**
 * Takes spans and metrics by OTLP. Two small servers, one for gRPC and one for HTTP, hand what came to {@link
 * dev.binnacle.plugin.collector.otlp.Desk}, which alone decides what it is worth and what the sender is told.
 */
@NullMarked
package dev.binnacle.plugin.collector.otlp;

import org.jspecify.annotations.NullMarked;
