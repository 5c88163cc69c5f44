package dev.binnacle.prometheus.relabel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** Rules, one after the other. Safe for use by several threads. */
public final class Relabeling {
    private record Step(RelabelRule rule, Pattern pattern) {}

    private final List<Step> steps;

    /**
     * @param rules each without {@linkplain RelabelRule#problems() problems}
     * @throws IllegalArgumentException when one has any
     */
    public Relabeling(List<RelabelRule> rules) {
        for (var rule : rules) {
            if (!rule.problems().isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", rule.problems()));
            }
        }
        this.steps = rules.stream().map(rule -> new Step(rule, rule.pattern())).toList();
    }

    /** Tells whether there is anything to do. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Changes {@code labels}, and tells whether they are kept; when not, they are as they were then. */
    public boolean apply(LabelBuilder labels) {
        for (var step : steps) {
            if (!apply(step, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean apply(Step step, LabelBuilder labels) {
        var rule = step.rule;
        String joined = rule.sourceLabels().stream().map(labels::get).collect(Collectors.joining(rule.separator()));
        String target = rule.targetLabel();
        switch (rule.action()) {
            case KEEP -> {
                return step.pattern.matcher(joined).find();
            }
            case DROP -> {
                return !step.pattern.matcher(joined).find();
            }
            case KEEPEQUAL -> {
                return labels.get(target).equals(joined);
            }
            case DROPEQUAL -> {
                return !labels.get(target).equals(joined);
            }
            case REPLACE -> replace(step, joined, labels);
            case HASHMOD -> labels.set(target, hash(joined, rule.modulus()));
            case LOWERCASE -> labels.set(target, mapped(joined, Character::toLowerCase));
            case UPPERCASE -> labels.set(target, mapped(joined, Character::toUpperCase));
            case LABELMAP -> map(step, labels);
            case LABELDROP -> removeIf(step, true, labels);
            case LABELKEEP -> removeIf(step, false, labels);
        }
        return true;
    }

    private static void replace(Step step, String joined, LabelBuilder labels) {
        var match = step.pattern.matcher(joined);
        if (!match.find()) {
            return;
        }
        String target = expand(step.rule.targetLabel(), match);
        if (RelabelRule.isLabelName(target)) {
            labels.set(target, expand(step.rule.replacement(), match));
        }
    }

    private static void map(Step step, LabelBuilder labels) {
        for (var label : labels.entries()) {
            var match = step.pattern.matcher(label.getKey());
            if (match.find()) {
                labels.set(replaced(label.getKey(), match, step.rule.replacement()), label.getValue());
            }
        }
    }

    /** Replaces what matches: the whole name, unless the expression breaks out of its anchors. */
    private static String replaced(String name, Matcher match, String replacement) {
        var text = new StringBuilder();
        int end = 0;
        do {
            text.append(name, end, match.start());
            if (match.end() > end || match.start() == 0) {
                text.append(expand(replacement, match));
            }
            end = match.end();
        } while (match.find());
        return text.append(name, end, name.length()).toString();
    }

    private static void removeIf(Step step, boolean matching, LabelBuilder labels) {
        for (var label : labels.entries()) {
            if (step.pattern.matcher(label.getKey()).find() == matching) {
                labels.remove(label.getKey());
            }
        }
    }

    /** Puts groups into a template as Go's {@code Regexp.Expand} does; one that does not exist is empty. */
    private static String expand(String template, Matcher match) {
        var text = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int dollar = template.indexOf('$', at);
            if (dollar < 0) {
                break;
            }
            text.append(template, at, dollar);
            at = Reference.expand(template, dollar + 1, match, text);
        }
        return text.append(template, Math.min(at, template.length()), template.length())
                .toString();
    }

    /** The last eight bytes of the MD5 hash, as Prometheus and everybody who has to agree with it about shards. */
    private static String hash(String text, long modulus) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            long last = ByteBuffer.wrap(hash).getLong(8);
            return Long.toUnsignedString(Long.remainderUnsigned(last, modulus));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Letter by letter, as Go does it: no letter becomes two, and none depends on its neighbours. */
    private static String mapped(String text, IntUnaryOperator mapping) {
        return text.codePoints()
                .map(mapping)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
