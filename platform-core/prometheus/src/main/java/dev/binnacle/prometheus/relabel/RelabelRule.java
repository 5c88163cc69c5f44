package dev.binnacle.prometheus.relabel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule as it is written.
 *
 * @param sourceLabels whose values are joined
 * @param separator stands between them
 * @param regex RE2, has to match the whole of what was joined (or the whole name of a label)
 * @param modulus for {@code hashmod}; unsigned
 * @param targetLabel what is set or compared; may refer to groups for {@code replace}
 * @param replacement what it is set to; refers to groups as {@code $1} or <code>${name}</code>
 */
public record RelabelRule(
        RelabelAction action,
        List<String> sourceLabels,
        String separator,
        String regex,
        long modulus,
        String targetLabel,
        String replacement) {
    /** What holds when a rule does not say. */
    public static final RelabelRule DEFAULT =
            new RelabelRule(RelabelAction.REPLACE, List.of(), ";", "(.*)", 0, "", "$1");

    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** A label's name, parts of which are references to groups. */
    private static final Pattern TEMPLATE = Pattern.compile("(?:(?:[a-zA-Z_]|\\$(?:\\{\\w+}|\\w+))\\w*)+");

    public RelabelRule {
        sourceLabels = List.copyOf(sourceLabels);
    }

    /** Returns everything that Prometheus would refuse it for; nothing for a good rule. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        checkRegex(problems);
        if (action == RelabelAction.HASHMOD && modulus == 0) {
            problems.add("hashmod needs a modulus that is not 0");
        }
        if (action.needsTarget() && targetLabel.isEmpty()) {
            problems.add(action.text() + " needs a target_label");
        } else if (action.needsTarget() && !isTargetValid()) {
            problems.add("'" + targetLabel + "' is not a label's name, which target_label has to be");
        }
        if (action == RelabelAction.LABELMAP && !TEMPLATE.matcher(replacement).matches()) {
            problems.add("'" + replacement + "' is not a label's name, which replacement has to be for labelmap");
        }
        checkUnused(problems);
        return problems;
    }

    static boolean isLabelName(String text) {
        return LABEL.matcher(text).matches();
    }

    Pattern pattern() {
        return Pattern.compile("^(?s:" + regex + ")$");
    }

    private void checkRegex(List<String> problems) {
        try {
            pattern();
        } catch (PatternSyntaxException e) {
            problems.add("the regex '" + regex + "' is not RE2: " + e.getDescription());
        }
    }

    private boolean isTargetValid() {
        boolean template = action == RelabelAction.REPLACE && targetLabel.contains("$");
        return template ? TEMPLATE.matcher(targetLabel).matches() : isLabelName(targetLabel);
    }

    private void checkUnused(List<String> problems) {
        switch (action) {
            case LOWERCASE, UPPERCASE -> {
                if (!replacement.equals(DEFAULT.replacement)) {
                    problems.add(action.text() + " takes no replacement");
                }
            }
            case KEEPEQUAL, DROPEQUAL -> {
                if (!hasDefaultsBut(sourceLabels, targetLabel, DEFAULT.regex)) {
                    problems.add(action.text() + " takes source_labels and target_label only");
                }
            }
            case LABELDROP, LABELKEEP -> {
                if (!hasDefaultsBut(List.of(), "", regex)) {
                    problems.add(action.text() + " takes a regex only");
                }
            }
            case REPLACE, KEEP, DROP, HASHMOD, LABELMAP -> {
                // What they do not use does no harm.
            }
        }
    }

    private boolean hasDefaultsBut(List<String> allowedLabels, String allowedTarget, String allowedRegex) {
        return equals(new RelabelRule(
                action,
                allowedLabels,
                DEFAULT.separator,
                allowedRegex,
                DEFAULT.modulus,
                allowedTarget,
                DEFAULT.replacement));
    }
}
