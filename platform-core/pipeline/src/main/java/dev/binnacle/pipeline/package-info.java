/** Carries samples from collectors to exporters: schedule, queue, batches, retries, and an account of every sample. */
@NullMarked
package dev.binnacle.pipeline;

import org.jspecify.annotations.NullMarked;
