package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.gatewayapi.HttpRoute.Rule;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.istio.Condition;
import dev.binnacle.mesh.schema.Section;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the conditions of a rule. */
final class ConditionReader {
    private static final TextMatch ROOT = new TextMatch.Prefix("/");

    private ConditionReader() {}

    static List<Rule.Placed> read(Section rule) {
        return rule.has("matches")
                ? rule.sections("matches").stream()
                        .map(match -> new Rule.Placed(condition(match), match.place()))
                        .toList()
                : List.of(new Rule.Placed(
                        new Condition(
                                Optional.of(ROOT),
                                false,
                                true,
                                new TreeMap<>(),
                                new TreeMap<>(),
                                new TreeMap<>(),
                                new TreeMap<>()),
                        rule.place()));
    }

    private static Condition condition(Section match) {
        var method = new TreeMap<String, TextMatch>();
        match.text("method").ifPresent(name -> method.put("method", new TextMatch.Exact(name)));
        return new Condition(
                Optional.of(match.section("path").map(ConditionReader::path).orElse(ROOT)),
                false,
                true,
                method,
                texts(match, "headers"),
                new TreeMap<>(),
                texts(match, "queryParams"));
    }

    private static TextMatch path(Section path) {
        String value = path.text("value").orElse("/");
        return switch (path.text("type").orElse("")) {
            case "Exact" -> new TextMatch.Exact(value);
            case ConditionRules.REGEX -> new TextMatch.Regex(value);
            default ->
                new TextMatch.Prefix(
                        value.length() > 1 && value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
        };
    }

    private static SortedMap<String, TextMatch> texts(Section match, String field) {
        var result = new TreeMap<String, TextMatch>();
        match.sections(field).forEach(condition -> {
            String value = condition.text("value").orElse("");
            boolean regex = condition.text("type").orElse("").equals(ConditionRules.REGEX);
            result.put(
                    condition.text("name").orElse(""), regex ? new TextMatch.Regex(value) : new TextMatch.Exact(value));
        });
        return result;
    }
}
