package dev.binnacle.prometheus.relabel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.config.ConfigFile;
import dev.binnacle.prometheus.config.InvalidFileException;
import dev.binnacle.prometheus.oracle.Oracle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What Prometheus' own code makes of labels by rules as they are written, and what this one does. */
class RelabelingAgreesTest {
    private static final int CASES = Integer.getInteger("binnacle.mutations", 4000);

    private static final String[] NAMES = {"a", "b", "job", "__name__", "__meta_kind", "le", "ä", "a-b"};
    private static final String[] VALUES = {
        "", "foo", "Foo-1", "a;b", "ÄÖßςΣİı", "10", "x=y", "foofoo", "$1", "a b", "日本"
    };
    private static final String[] ACTIONS = {
        "replace",
        "keep",
        "drop",
        "keepequal",
        "dropequal",
        "hashmod",
        "labelmap",
        "labeldrop",
        "labelkeep",
        "lowercase",
        "uppercase",
        "Replace",
        "KEEP",
        "explode"
    };
    private static final String[] REGEXES = {
        "(.*)",
        ".*",
        "",
        "foo",
        "(f)(o+)",
        "(?P<first>[a-z]+)(.*)",
        "(?i)FOO",
        "a|b",
        "a)|(b",
        "__meta_(.+)",
        "(.)(.)?",
        "[",
        "(?=x)",
        "a\\\\.b",
        "\\\\w+",
        "\\\\pL+",
        "^foo$",
        "(a)(;)(b)",
        "x{1001}",
        "(?s).",
        ".+",
        "job|a"
    };
    private static final String[] TARGETS = {
        "a",
        "c",
        "job",
        "",
        "${1}",
        "$1",
        "${1}_x",
        "x_$2",
        "${first}",
        "a b",
        "1a",
        "ä",
        "$",
        "${",
        "a$$b",
        "$0",
        "__tmp"
    };
    private static final String[] REPLACEMENTS = {
        "$1",
        "",
        "x",
        "${1}",
        "$2$1",
        "${first}!",
        "$first",
        "$1x",
        "${1}x",
        "$$1",
        "$",
        "${",
        "${1",
        "$10",
        "$01",
        "a-$0",
        "meta_${1}",
        "ä",
        "$ä"
    };
    private static final String[] SEPARATORS = {";", "", ",", "$1"};

    @Test
    void rulesDoWhatTheyDoInPrometheus() throws Exception {
        var random = new Random(1);
        var questions = new ArrayList<byte[]>();
        for (int i = 0; i < CASES; i++) {
            questions.add(question(random).getBytes(StandardCharsets.UTF_8));
        }

        var answers = Oracle.answers("relabel", questions);

        var differences = new ArrayList<String>();
        for (int i = 0; i < CASES; i++) {
            String question = new String(questions.get(i), StandardCharsets.UTF_8);
            String ours = verdict(question);
            if (!Oracle.comparable(ours).equals(answers.get(i))) {
                differences.add("%s%n  ours       %s%n  Prometheus %s".formatted(question, ours, answers.get(i)));
            }
        }
        assertThat(differences).as("%d of %d", differences.size(), CASES).isEmpty();
    }

    private static String question(Random random) {
        var text = new StringBuilder();
        for (String name : List.of("a", "b", "job", "__name__", "__meta_kind", "__meta_b")) {
            text.append(text.isEmpty() ? "" : "\t").append(name).append('=').append(pick(VALUES, random));
        }
        for (int rule = random.nextInt(3); rule >= 0; rule--) {
            appendRule(text, random);
        }
        return text.append('\n').toString();
    }

    /** Mostly rules that make sense for their action; what does not is to be refused by both. */
    private static void appendRule(StringBuilder text, Random random) {
        String action = pick(ACTIONS, random);
        text.append("\n- action: ").append(action);
        boolean byName = action.startsWith("label");
        boolean equal = action.endsWith("equal");
        boolean bare = random.nextInt(10) == 0;
        append(
                text,
                random,
                !byName ^ bare,
                "source_labels",
                "[\"" + pick(NAMES, random) + "\", " + "\"" + pick(NAMES, random) + "\"]");
        append(text, random, !equal ^ bare, "regex", quoted(pick(REGEXES, random)));
        append(text, random, !byName && !equal ^ bare, "separator", quoted(pick(SEPARATORS, random)));
        append(text, random, !byName ^ bare, "target_label", quoted(pick(TARGETS, random)));
        append(text, random, action.equals("hashmod"), "modulus", "" + (1 + random.nextInt(1000)));
        append(
                text,
                random,
                (action.equalsIgnoreCase("replace") || action.equals("labelmap")) ^ bare,
                "replacement",
                quoted(pick(REPLACEMENTS, random)));
    }

    private static void append(StringBuilder text, Random random, boolean usual, String key, String value) {
        if (usual && random.nextInt(5) > 0) {
            text.append("\n  ").append(key).append(": ").append(value);
        }
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String pick(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }

    private static String verdict(String question) {
        int end = question.indexOf('\n');
        String rules = question.substring(end).replace("\n", "\n    ");
        List<RelabelRule> read;
        try {
            read = ConfigFile.read(
                            "test.yml",
                            "scrape_configs:\n  - job_name: test\n    relabel_configs:" + rules,
                            Path.of("."),
                            Map.of())
                    .scrapeConfigs()
                    .getFirst()
                    .relabelConfigs();
        } catch (InvalidFileException e) {
            return "refused: " + e.getMessage();
        }
        var base = new TreeMap<String, String>();
        for (String label : question.substring(0, end).split("\t", -1)) {
            String[] parts = label.split("=", 2);
            base.put(parts[0], parts[1]);
        }
        var labels = new LabelBuilder(base);
        return new Relabeling(read).apply(labels) ? text(labels.toMap()) : "dropped";
    }

    private static String text(Map<String, String> labels) {
        var text = new StringBuilder();
        labels.forEach((name, value) -> text.append(name)
                .append('=')
                .append(HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)))
                .append(','));
        return text.toString();
    }
}
