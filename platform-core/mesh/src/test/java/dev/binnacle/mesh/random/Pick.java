package dev.binnacle.mesh.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Choices by chance, the same for the same seed. */
public final class Pick {
    private final RandomGenerator random;

    public Pick(RandomGenerator random) {
        this.random = random;
    }

    @SafeVarargs
    public final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    public <T> T from(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    public <T> List<T> several(int least, int most, Supplier<T> one) {
        var result = new ArrayList<T>();
        for (int i = between(least, most); i > 0; i--) {
            result.add(one.get());
        }
        return result;
    }

    /** Returns different ones, in their order. */
    @SafeVarargs
    public final <T> List<T> some(int percent, T... choices) {
        var result = new ArrayList<T>();
        for (T choice : choices) {
            if (chance(percent)) {
                result.add(choice);
            }
        }
        return result;
    }

    /** Begins a mapping whose fields come by chance. */
    Fields fields() {
        return new Fields(this);
    }

    /** A mapping as resources have it. */
    static final class Fields extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        private final transient Pick pick;

        private Fields(Pick pick) {
            this.pick = pick;
        }

        /** Adds a field. */
        Fields with(String name, Object value) {
            put(name, value);
            return this;
        }

        /** Adds a field, now and then. */
        Fields maybe(int percent, String name, Supplier<?> value) {
            if (pick.chance(percent)) {
                put(name, value.get());
            }
            return this;
        }

        /** Adds the fields, now and then. */
        Fields maybeAll(int percent, Supplier<Map<String, Object>> more) {
            if (pick.chance(percent)) {
                putAll(more.get());
            }
            return this;
        }
    }
}
