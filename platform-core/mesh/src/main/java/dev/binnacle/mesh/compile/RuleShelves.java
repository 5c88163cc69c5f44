package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.schema.Exports;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** DestinationRules of one namespace by the hosts they are about. */
final class RuleShelves {
    private final Map<String, List<DestinationRule>> byName = new HashMap<>();
    private final Map<String, List<DestinationRule>> byWildcard =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /**
     * Rules for one host, the same clients and the same namespaces are one: subsets add up, of the rest the first that
     * says something counts. A rule for more namespaces than an earlier one goes up in it too, as in Istio.
     */
    void add(String host, DestinationRule rule) {
        var others = (host.startsWith("*") ? byWildcard : byName).computeIfAbsent(host, h -> new ArrayList<>());
        boolean apart = true;
        for (int i = 0; i < others.size(); i++) {
            var other = others.get(i);
            boolean merges = isForAllOf(rule, other) && !selectsOthers(rule, other);
            apart = !merges
                    || !rule.clients().equals(other.clients()) && !exports(rule).equals(exports(other));
            if (merges) {
                others.set(i, other.mergedWith(rule));
            }
        }
        if (apart) {
            others.add(rule);
        }
    }

    private static boolean selectsOthers(DestinationRule one, DestinationRule other) {
        return one.clients().isPresent()
                && other.clients().isPresent()
                && !one.clients().equals(other.clients());
    }

    private static boolean isForAllOf(DestinationRule rule, DestinationRule other) {
        var narrow = exports(other);
        return exports(rule).equals(narrow)
                || narrow.isPresent()
                        && exports(rule).stream()
                                .anyMatch(wide ->
                                        wide.words().containsAll(narrow.get().words()));
    }

    /** Returns for whom a rule is; empty when it does not say. One that selects clients is for its own namespace. */
    static Optional<Exports> exports(DestinationRule rule) {
        return rule.clients().isPresent()
                ? Optional.of(Exports.toItself(rule.ref().namespace()))
                : rule.exports();
    }

    /** Returns those for the most specific host that covers {@code host}. */
    List<DestinationRule> about(String host) {
        return Optional.ofNullable(byName.get(host))
                .orElseGet(() -> byWildcard.entrySet().stream()
                        .filter(entry -> Hosts.covers(entry.getKey(), host))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(List.of()));
    }
}
