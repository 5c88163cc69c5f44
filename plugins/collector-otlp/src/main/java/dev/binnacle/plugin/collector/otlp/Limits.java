package dev.binnacle.plugin.collector.otlp;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * What one sender, and all of them together, may ask for.
 *
 * @param requestBytes the most bytes of one request, unpacked
 * @param requests how many may come in at once
 * @param patience how long one may take to come in
 */
record Limits(int requestBytes, Semaphore requests, Duration patience) {}
