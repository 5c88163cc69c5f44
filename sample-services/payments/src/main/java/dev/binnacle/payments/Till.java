package dev.binnacle.payments;

import java.util.random.RandomGenerator;

/** Decides how payments end. Chance comes in from outside. */
final class Till {
    private final double failureRate;
    private final int limitCents;
    private final RandomGenerator chance;

    /**
     * A till.
     *
     * @throws IllegalArgumentException when the rate is not from 0 to 1
     */
    Till(double failureRate, int limitCents, RandomGenerator chance) {
        if (!(failureRate >= 0 && failureRate <= 1)) {
            throw new IllegalArgumentException("the failure rate must be from 0 to 1, got " + failureRate);
        }
        this.failureRate = failureRate;
        this.limitCents = limitCents;
        this.chance = chance;
    }

    /** Returns how {@code charge} ends. */
    Outcome decide(Charge charge) {
        if (roll() < failureRate) {
            return Outcome.FAILED;
        }
        return charge.amountCents() > limitCents ? Outcome.DECLINED : Outcome.APPROVED;
    }

    private synchronized double roll() {
        return chance.nextDouble();
    }
}
