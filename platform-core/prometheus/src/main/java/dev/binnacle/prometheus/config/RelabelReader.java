package dev.binnacle.prometheus.config;

import dev.binnacle.prometheus.relabel.RelabelAction;
import dev.binnacle.prometheus.relabel.RelabelRule;
import java.util.List;
import java.util.stream.Stream;

/** Reads rules for relabelling. */
final class RelabelReader {
    private RelabelReader() {}

    static List<RelabelRule> read(List<Section> sections) {
        return sections.stream().flatMap(section -> rule(section).stream()).toList();
    }

    private static List<RelabelRule> rule(Section section) {
        var defaults = RelabelRule.DEFAULT;
        var rule = new RelabelRule(
                section.value("action", defaults.action(), RelabelReader::action),
                section.texts("source_labels"),
                section.text("separator", defaults.separator()),
                section.text("regex", defaults.regex()),
                section.number("modulus", defaults.modulus()),
                section.text("target_label", defaults.targetLabel()),
                section.text("replacement", defaults.replacement()));
        section.end();
        rule.problems().forEach(problem -> section.problem("", problem));
        return rule.problems().isEmpty() ? List.of(rule) : List.of();
    }

    private static RelabelAction action(String word) {
        return RelabelAction.of(word)
                .orElseThrow(() -> new IllegalArgumentException("is one of "
                        + String.join(
                                ", ",
                                Stream.of(RelabelAction.values())
                                        .map(RelabelAction::text)
                                        .toList())));
    }
}
