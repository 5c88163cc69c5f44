package dev.binnacle.testkit.agreement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Choices by chance, the same for the same seed. */
final class Pick {
    private final RandomGenerator random;

    Pick(RandomGenerator random) {
        this.random = random;
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> List<T> several(int least, int most, Supplier<T> one) {
        var result = new ArrayList<T>();
        for (int i = between(least, most); i > 0; i--) {
            result.add(one.get());
        }
        return result;
    }

    /** Returns different ones, in their order. */
    @SafeVarargs
    final <T> List<T> some(int percent, T... choices) {
        var result = new ArrayList<T>();
        for (T choice : choices) {
            if (chance(percent)) {
                result.add(choice);
            }
        }
        return result;
    }
}
