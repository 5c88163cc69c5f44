package dev.binnacle.prometheus.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RuleFilesTest {
    /** So that nine fit into one file. */
    private static final String LONG = "x".repeat(RuleFiles.LARGEST / 10);

    @Test
    void whatFitsIsOneFileInTheOrderItCame() {
        var files = new RuleFiles();
        files.add("b", groups("b", "1"));
        files.add("a", groups("a", "2"));

        assertThat(files.named("rules/slo"))
                .isEqualTo(Map.of("rules/slo.yml", RuleGroup.file(List.of(group("b", "1"), group("a", "2")))));
    }

    @Test
    void whatDoesNotFitIsDealtOutAndNothingIsLost() {
        var files = files(400);

        assertThat(files).hasSizeBetween(40, 256).allSatisfy((name, text) -> {
            assertThat(name).matches("slo-[0-9a-f]{1,2}\\.yml");
            assertThat(text).startsWith("groups:\n  - name: ");
            assertThat(text.length()).isLessThanOrEqualTo(RuleFiles.LARGEST);
        });
        assertThat(files.values().stream().flatMap(String::lines).filter(line -> line.contains("- name: ")))
                .hasSize(400)
                .doesNotHaveDuplicates();
    }

    @Test
    void oneMoreLeavesTheOthersWhereTheyAre() {
        var before = files(100);
        for (int more = 101; more < 120; more++) {
            var after = files(more);
            var changed = new TreeMap<>(before);
            changed.entrySet().removeAll(after.entrySet());
            assertThat(changed).hasSizeLessThanOrEqualTo(1);
            before = after;
        }
    }

    @Test
    void whatIsTooLargeByItselfIsAFileOfItsOwn() {
        var files = new RuleFiles();
        files.add("a", groups("a", LONG.repeat(11)));
        files.add("b", groups("b", "1"));

        assertThat(files.named("slo").values()).hasSize(2);
    }

    private static SortedMap<String, String> files(int things) {
        var files = new RuleFiles();
        IntStream.range(0, things).forEach(i -> files.add("slo-" + i, groups("slo-" + i, LONG)));
        return files.named("slo");
    }

    private static List<RuleGroup> groups(String name, String expression) {
        return List.of(group(name, expression));
    }

    private static RuleGroup group(String name, String expression) {
        return new RuleGroup(name, "", List.of(new RecordingRule("a:b:c", expression)));
    }
}
