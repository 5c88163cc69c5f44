package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Whether what was left to chance can have come about by chance. */
final class Share {
    /** 3.29 standard deviations hold 99.9 % of a binomial distribution. */
    private static final double Z = 3.29;

    private Share() {}

    /** Fails unless {@code hits} of {@code total} tries fit to the probability {@code expected}. */
    static void assertFits(int hits, int total, double expected) {
        double bound = Z * Math.sqrt(total * expected * (1 - expected));
        assertThat((double) hits)
                .as("%d of %d, for a share of %s", hits, total, expected)
                .isCloseTo(total * expected, within(bound));
    }
}
