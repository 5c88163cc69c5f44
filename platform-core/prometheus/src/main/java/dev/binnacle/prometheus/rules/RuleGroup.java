package dev.binnacle.prometheus.rules;

import dev.binnacle.prometheus.config.Durations;
import dev.binnacle.prometheus.yaml.YamlWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rules that Prometheus evaluates one after the other, so that a later one may use an earlier one's result.
 *
 * @param comment what it is for, above it in the file; may be empty
 * @param interval pause between two evaluations; zero for the one of the configuration
 */
public record RuleGroup(String name, String comment, Duration interval, List<Rule> rules) {
    public RuleGroup {
        rules = List.copyOf(rules);
    }

    /** Makes a group that is evaluated as often as the configuration says. */
    public RuleGroup(String name, String comment, List<? extends Rule> rules) {
        this(name, comment, Duration.ZERO, List.copyOf(rules));
    }

    /** Returns a file of rules. */
    public static String file(List<RuleGroup> groups) {
        return YamlWriter.write(
                Map.of("groups", groups.stream().map(RuleGroup::tree).toList()));
    }

    private Object tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", name);
        if (!interval.isZero()) {
            tree.put("interval", Durations.text(interval));
        }
        tree.put("rules", rules.stream().map(Rule::tree).toList());
        return comment.isBlank() ? tree : new YamlWriter.Commented(comment, tree);
    }
}
