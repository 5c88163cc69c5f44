package dev.binnacle.spi.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * Label names and values, sorted by name; immutable.
 *
 * <p>Names are {@code [a-zA-Z_][a-zA-Z0-9_]*} and distinct; values are any text. A label with an empty value is the same as no
 * label, as in Prometheus, and is left out. Not a record: series are compared often, and an array of pairs is
 * the cheapest form to compare.
 */
public final class Labels implements Comparable<Labels> {
    /** No labels at all. */
    public static final Labels EMPTY = new Labels(new String[0]);

    private final String[] pairs;
    private final int hash;

    private Labels(String[] pairs) {
        this.pairs = pairs;
        this.hash = Arrays.hashCode(pairs);
    }

    /**
     * Returns labels from name, value, name, value …
     *
     * @throws IllegalArgumentException when a name is invalid or comes twice, or a value is missing
     */
    public static Labels of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a label value is missing after " + Arrays.toString(namesAndValues));
        }
        var sorted = new TreeMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (sorted.put(namesAndValues[i], namesAndValues[i + 1]) != null) {
                throw new IllegalArgumentException("the label " + namesAndValues[i] + " comes twice");
            }
        }
        return of(sorted);
    }

    /**
     * Returns labels with the entries of {@code values}.
     *
     * @throws IllegalArgumentException when a name is invalid
     */
    public static Labels of(Map<String, String> values) {
        var sorted = inOrder(values);
        var pairs = new String[2 * sorted.size()];
        int at = 0;
        for (var entry : sorted.entrySet()) {
            requireName(entry.getKey());
            if (!entry.getValue().isEmpty()) {
                pairs[at++] = entry.getKey();
                pairs[at++] = entry.getValue();
            }
        }
        return at == 0 ? EMPTY : new Labels(at == pairs.length ? pairs : Arrays.copyOf(pairs, at));
    }

    /** A target's first scrape makes labels of maps that have their order. */
    private static Map<String, String> inOrder(Map<String, String> values) {
        return values instanceof SortedMap<String, String> sorted && sorted.comparator() == null
                ? sorted
                : new TreeMap<>(values);
    }

    /** Returns these labels with {@code name} set to {@code value}; an empty value removes it. */
    public Labels with(String name, String value) {
        var values = toMap();
        values.put(name, value);
        return of(values);
    }

    /** Returns the value of {@code name}; empty when there is no such label. */
    public Optional<String> get(String name) {
        return IntStream.range(0, size())
                .filter(i -> pairs[2 * i].equals(name))
                .mapToObj(i -> pairs[2 * i + 1])
                .findFirst();
    }

    /** Returns how many labels there are. */
    public int size() {
        return pairs.length / 2;
    }

    /** Calls {@code action} with each name and value, in the order of the names. */
    public void forEach(BiConsumer<String, String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    /** Returns a new map of names to values, sorted. */
    public TreeMap<String, String> toMap() {
        var map = new TreeMap<String, String>();
        forEach(map::put);
        return map;
    }

    @Override
    public int compareTo(Labels other) {
        return Arrays.compare(pairs, other.pairs, Comparator.naturalOrder());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labels labels && hash == labels.hash && Arrays.equals(pairs, labels.pairs);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** Returns {@code {a="1",b="2"}}, for messages; values are not escaped. */
    @Override
    public String toString() {
        var text = new StringBuilder("{");
        forEach((name, value) -> text.append(text.length() > 1 ? "," : "")
                .append(name)
                .append("=\"")
                .append(value)
                .append('"'));
        return text.append('}').toString();
    }

    private static void requireName(String name) {
        if (!Names.isName(name, false)) {
            throw new IllegalArgumentException("a label's name is [a-zA-Z_][a-zA-Z0-9_]*, got '" + name + "'");
        }
    }
}
