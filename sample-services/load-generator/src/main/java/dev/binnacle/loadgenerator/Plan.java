package dev.binnacle.loadgenerator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Draws one request after another. The same chance gives the same requests. Not safe for several threads. */
final class Plan {
    private static final List<String> SKUS =
            List.of("compass", "sextant", "lantern", "rope", "chart", "logbook", "spyglass", "bell");
    private static final int MOST_PIECES = 3;

    private final Map<Kind, Integer> weights;
    private final int sum;
    private final RandomGenerator chance;

    /**
     * A plan with these weights.
     *
     * @throws IllegalArgumentException when a weight is negative or all are 0
     */
    Plan(Map<Kind, Integer> weights, RandomGenerator chance) {
        this.weights = new EnumMap<>(weights);
        this.sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        this.chance = chance;
        if (sum < 1 || weights.values().stream().anyMatch(w -> w < 0)) {
            throw new IllegalArgumentException(
                    "the weights of the mix must be 0 or more, and one of them above 0, got " + weights);
        }
    }

    /** Returns the next request. */
    Shot next() {
        // Always the same number of draws, so that one weight more does not change all that comes after.
        var kind = kindAt(chance.nextInt(sum));
        var sku = SKUS.get(chance.nextInt(SKUS.size()));
        int pieces = 1 + chance.nextInt(MOST_PIECES);
        return switch (kind) {
            case PAGE -> get(kind, "");
            case CATALOG -> get(kind, "api/catalog");
            case ARTICLE -> get(kind, "api/catalog/" + sku);
            case ORDER -> new Shot(kind, "api/orders", "{\"sku\":\"" + sku + "\",\"quantity\":" + pieces + "}");
            case ORDERS -> get(kind, "api/orders");
        };
    }

    private Kind kindAt(int draw) {
        int rest = draw;
        for (var weight : weights.entrySet()) {
            rest -= weight.getValue();
            if (rest < 0) {
                return weight.getKey();
            }
        }
        throw new IllegalStateException("drew " + draw + " of " + sum);
    }

    private static Shot get(Kind kind, String path) {
        return new Shot(kind, path, "");
    }
}
