package dev.binnacle.prometheus.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleGroupTest {
    @Test
    void aFileOfRules() {
        var group = new RuleGroup(
                "g",
                "Why.",
                Duration.ofSeconds(30),
                List.of(
                        new RecordingRule("a:b:c", "sum(\n  x\n)\n", Map.of("l", "on")),
                        new AlertRule(
                                "A",
                                "x > 1",
                                Duration.ofMinutes(2),
                                Map.of("severity", "page"),
                                Map.of("summary", "of " + Template.literal("{{ x }}")))));

        assertThat(RuleGroup.file(List.of(group))).isEqualTo("""
                groups:
                  # Why.
                  - name: g
                    interval: 30s
                    rules:
                      - record: a:b:c
                        expr: |-
                          sum(
                            x
                          )
                        labels:
                          l: 'on'
                      - alert: A
                        expr: 'x > 1'
                        for: 2m
                        labels:
                          severity: page
                        annotations:
                          summary: 'of {{ "{{" }} x }}'
                """);
    }
}
