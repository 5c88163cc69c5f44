package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.istio.Condition;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.istio.VirtualService.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts rules that were delegated in the place of the rule that delegates, as Istio does: conditions of both must hold, what
 * else is done says the delegated rule, else the delegating one.
 */
public final class Delegation {
    private final HttpRule root;

    public Delegation(HttpRule root) {
        this.root = root;
    }

    /** Returns the rule for what both are about; empty when the delegated rule is about more than the delegating one. */
    public Optional<HttpRule> merge(HttpRule delegated) {
        return matches(delegated.matches())
                .map(matches -> new HttpRule(
                        joined(root.name(), delegated.name()),
                        delegated.place(),
                        matches,
                        delegated.destinations(),
                        delegated.redirect(),
                        Optional.empty(),
                        delegated.treatment().or(root.treatment())));
    }

    private static String joined(String root, String delegated) {
        if (delegated.isEmpty()) {
            return root;
        }
        return root.isEmpty() ? delegated : root + "-" + delegated;
    }

    /** Each delegated condition must lie within one of the root's. */
    private Optional<List<Match>> matches(List<Match> delegated) {
        if (root.matches().isEmpty()) {
            return Optional.of(delegated);
        }
        if (delegated.isEmpty()) {
            return Optional.of(root.matches());
        }
        var result = new ArrayList<Match>();
        for (var leaf : delegated) {
            var merged = root.matches().stream()
                    .filter(match -> admits(match, leaf))
                    .map(match -> merged(match, leaf))
                    .toList();
            if (merged.isEmpty()) {
                return Optional.empty();
            }
            result.addAll(merged);
        }
        return Optional.of(List.copyOf(result));
    }

    private static boolean admits(Match root, Match leaf) {
        return admits(root.request(), leaf.request())
                && agree(root.port(), leaf.port())
                && (root.sourceNamespace().isEmpty() || root.sourceNamespace().equals(leaf.sourceNamespace()))
                && leaf.sourceLabels().entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .equals(root.sourceLabels().getOrDefault(label.getKey(), label.getValue())))
                && (root.gateways().isEmpty() || root.gateways().containsAll(leaf.gateways()));
    }

    private static boolean admits(Condition root, Condition leaf) {
        return root.ignoresCase() == leaf.ignoresCase()
                && admits(root.uri(), leaf.uri())
                && admits(root.pseudoHeaders(), leaf.pseudoHeaders())
                && admits(root.headers(), leaf.headers())
                && admits(root.withoutHeaders(), leaf.withoutHeaders())
                && admits(root.query(), leaf.query());
    }

    private static boolean admits(Map<String, TextMatch> root, Map<String, TextMatch> leaf) {
        return leaf.entrySet().stream()
                .allMatch(e -> admits(Optional.ofNullable(root.get(e.getKey())), Optional.of(e.getValue())));
    }

    /** Two expressions are never compared, so they never fit; nor does presence, to Istio. */
    private static boolean admits(Optional<TextMatch> root, Optional<TextMatch> leaf) {
        if (root.isEmpty() || leaf.isEmpty()) {
            return true;
        }
        return switch (root.get()) {
            case TextMatch.Exact(String value) -> !value.isEmpty() && leaf.equals(root);
            case TextMatch.Prefix(String prefix) ->
                !prefix.isEmpty() && beginning(leaf.get()).startsWith(prefix);
            case TextMatch.Regex regex -> false;
            case TextMatch.Present present -> false;
        };
    }

    private static String beginning(TextMatch match) {
        return switch (match) {
            case TextMatch.Exact(String value) -> value;
            case TextMatch.Prefix(String prefix) -> prefix;
            case TextMatch.Regex regex -> "";
            case TextMatch.Present present -> "";
        };
    }

    private static <T> boolean agree(Optional<T> root, Optional<T> leaf) {
        return root.isEmpty() || leaf.isEmpty() || root.equals(leaf);
    }

    private static Match merged(Match root, Match leaf) {
        return new Match(
                joined(root.name(), leaf.name()),
                leaf.place(),
                merged(root.request(), leaf.request()),
                leaf.port().or(root::port),
                merged(root.sourceLabels(), leaf.sourceLabels()),
                leaf.sourceNamespace().or(root::sourceNamespace),
                leaf.gateways().isEmpty() ? root.gateways() : leaf.gateways());
    }

    private static Condition merged(Condition root, Condition leaf) {
        return new Condition(
                leaf.uri().or(root::uri),
                leaf.ignoresCase(),
                leaf.segments(),
                merged(root.pseudoHeaders(), leaf.pseudoHeaders()),
                merged(root.headers(), leaf.headers()),
                merged(root.withoutHeaders(), leaf.withoutHeaders()),
                merged(root.query(), leaf.query()));
    }

    private static <T> SortedMap<String, T> merged(Map<String, T> root, Map<String, T> leaf) {
        var result = new TreeMap<>(root);
        result.putAll(leaf);
        return result;
    }
}
