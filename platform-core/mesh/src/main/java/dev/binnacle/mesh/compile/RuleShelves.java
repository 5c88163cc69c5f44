package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.registry.Hosts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The DestinationRules of one namespace by the hosts they are about. */
final class RuleShelves {
    private final Map<String, List<DestinationRule>> byName = new HashMap<>();
    private final Map<String, List<DestinationRule>> byWildcard =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /**
     * Rules for one host and the same clients are one: subsets add up, of the rest the first that says something counts.
     */
    void add(String host, DestinationRule rule) {
        var others = (host.startsWith("*") ? byWildcard : byName).computeIfAbsent(host, h -> new ArrayList<>());
        for (int i = 0; i < others.size(); i++) {
            if (isForTheSame(others.get(i), rule)) {
                others.set(i, others.get(i).mergedWith(rule));
                return;
            }
        }
        others.add(rule);
    }

    private static boolean isForTheSame(DestinationRule one, DestinationRule other) {
        return one.clients().equals(other.clients()) && one.exports().equals(other.exports());
    }

    /** Returns those for the most specific host that covers {@code host}, of those that are {@code visible}. */
    List<DestinationRule> about(String host, Predicate<DestinationRule> visible) {
        return Optional.ofNullable(byName.get(host))
                .map(rules -> rules.stream().filter(visible).toList())
                .filter(rules -> !rules.isEmpty())
                .orElseGet(() -> byWildcard.entrySet().stream()
                        .filter(entry -> Hosts.covers(entry.getKey(), host))
                        .map(entry -> entry.getValue().stream().filter(visible).toList())
                        .filter(rules -> !rules.isEmpty())
                        .findFirst()
                        .orElse(List.of()));
    }
}
