package dev.binnacle.plugin.generators.prometheus;

import java.util.List;
import java.util.stream.Collectors;

/** Rules that Prometheus evaluates one after the other, so that a later one may use an earlier one's result. */
record RuleGroup(String name, String comment, List<? extends Rule> rules) {
    RuleGroup {
        rules = List.copyOf(rules);
    }

    /** Returns a file of rules. */
    static String file(List<RuleGroup> groups) {
        return "groups:\n" + groups.stream().map(RuleGroup::render).collect(Collectors.joining());
    }

    String render() {
        return comment.strip().lines().map(line -> "  # " + line + "\n").collect(Collectors.joining())
                + "  - name: " + name + "\n    rules:\n"
                + rules.stream().map(Rule::render).collect(Collectors.joining());
    }
}
