package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.istio.Condition;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** Which of several rules that match a request decides: the most exact one, whatever the order they are written in. */
final class RuleOrder {
    private static final Comparator<Condition> OF_CONDITIONS = Comparator.comparingInt(RuleOrder::rank)
            .thenComparingInt(RuleOrder::length)
            .thenComparing(condition -> condition.pseudoHeaders().containsKey("method"))
            .thenComparingInt(condition -> condition.headers().size())
            .thenComparingInt(condition -> condition.query().size())
            .reversed();

    /** Rules have one condition, or none, and those come last. */
    static final Comparator<HttpRule> MOST_EXACT_FIRST = (a, b) -> a.matches().isEmpty()
                    || b.matches().isEmpty()
            ? Boolean.compare(a.matches().isEmpty(), b.matches().isEmpty())
            : OF_CONDITIONS.compare(
                    a.matches().getFirst().request(), b.matches().getFirst().request());

    private RuleOrder() {}

    private static int rank(Condition condition) {
        return switch (path(condition)) {
            case TextMatch.Exact exact -> 3;
            case TextMatch.Prefix prefix -> 2;
            case TextMatch.Regex regex -> 1;
            case TextMatch.Present present -> 0;
        };
    }

    private static int length(Condition condition) {
        String path = switch (path(condition)) {
            case TextMatch.Exact(String text) -> text;
            case TextMatch.Prefix(String text) -> text;
            case TextMatch.Regex(String text) -> text;
            case TextMatch.Present present -> "";
        };
        return path.getBytes(StandardCharsets.UTF_8).length;
    }

    private static TextMatch path(Condition condition) {
        return condition.uri().orElseGet(TextMatch.Present::new);
    }
}
