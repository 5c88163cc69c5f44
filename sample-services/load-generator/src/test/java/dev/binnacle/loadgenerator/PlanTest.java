package dev.binnacle.loadgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Map<Kind, Integer> MIX = Map.of(Kind.PAGE, 1, Kind.CATALOG, 2, Kind.ORDER, 1, Kind.ORDERS, 0);

    @Test
    void theSameSeedGivesTheSameRequests() {
        assertThat(shots(7, 500)).isEqualTo(shots(7, 500)).isNotEqualTo(shots(8, 500));
    }

    @Test
    void keepsToTheMix() {
        var counts = shots(7, 4000).stream().collect(Collectors.groupingBy(Shot::kind, Collectors.counting()));
        assertThat(counts).containsOnlyKeys(Kind.PAGE, Kind.CATALOG, Kind.ORDER);
        assertThat(counts.get(Kind.CATALOG)).isBetween(1900L, 2100L);
        assertThat(counts.get(Kind.ORDER)).isBetween(900L, 1100L);
    }

    @Test
    void sendsWhatTheShopUnderstands() {
        var byKind = shots(7, 100).stream().collect(Collectors.toMap(Shot::kind, Function.identity(), (a, b) -> a));
        assertThat(byKind.get(Kind.PAGE)).isEqualTo(new Shot(Kind.PAGE, "", ""));
        assertThat(byKind.get(Kind.CATALOG)).isEqualTo(new Shot(Kind.CATALOG, "api/catalog", ""));
        assertThat(byKind.get(Kind.ORDER).body()).matches("\\{\"sku\":\"[a-z]+\",\"quantity\":[1-3]}");
    }

    @Test
    void refusesAMixOfNothing() {
        assertThatThrownBy(() -> new Plan(Map.of(Kind.PAGE, 0), new SplittableRandom(1)))
                .hasMessageContaining("one of them above 0");
        assertThatThrownBy(() -> new Plan(Map.of(Kind.PAGE, -1, Kind.ORDER, 5), new SplittableRandom(1)))
                .hasMessageContaining("0 or more");
    }

    private static List<Shot> shots(long seed, int count) {
        var plan = new Plan(MIX, new SplittableRandom(seed));
        return Stream.generate(plan::next).limit(count).toList();
    }
}
