/**
 * Contract tests that a plugin inherits, and an honest small host to run it in.
 *
 * <p>Extend {@code CollectorContract}, {@code ExporterContract} or {@code GeneratorContract}, say how to make the
 * extension, and add tests of your own beside the inherited ones.
 */
@NullMarked
package dev.binnacle.spi.testkit;

import org.jspecify.annotations.NullMarked;
