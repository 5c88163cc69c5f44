package dev.binnacle.app.insight;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of a test: how long it waits, and how much it reads. */
record Patience(Duration timeout, int largest) implements InsightConfig {
    @Override
    public Duration keep() {
        return Duration.ofDays(1);
    }

    @Override
    public MemorySize largestAnswer() {
        return new MemorySize(BigInteger.valueOf(largest));
    }

    @Override
    public Path objectives() {
        return Path.of("there is no such folder");
    }

    @Override
    public double degraded() {
        return 0.01;
    }

    @Override
    public double failing() {
        return 0.05;
    }

    @Override
    public double enough() {
        return 20;
    }
}
