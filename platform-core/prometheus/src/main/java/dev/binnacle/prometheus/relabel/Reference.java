package dev.binnacle.prometheus.relabel;

import com.google.re2j.Matcher;
import java.util.regex.Pattern;

/** A {@code $} in a template, and what follows. */
final class Reference {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,7}");

    private Reference() {}

    /**
     * Appends what a reference stands for.
     *
     * @param at the position behind the {@code $}
     * @return the position behind the reference
     */
    static int expand(String template, int at, Matcher match, StringBuilder text) {
        if (at < template.length() && template.charAt(at) == '$') {
            text.append('$');
            return at + 1;
        }
        boolean braces = at < template.length() && template.charAt(at) == '{';
        int from = braces ? at + 1 : at;
        int to = from;
        while (to < template.length() && isPart(template.codePointAt(to))) {
            to += Character.charCount(template.codePointAt(to));
        }
        boolean closed = !braces || to < template.length() && template.charAt(to) == '}';
        if (to == from || !closed) {
            // Not a reference: a dollar like any other character.
            text.append('$');
            return at;
        }
        text.append(group(template.substring(from, to), match));
        return braces ? to + 1 : to;
    }

    private static String group(String name, Matcher match) {
        try {
            String value = NUMBER.matcher(name).matches() ? byNumber(Integer.parseInt(name), match) : match.group(name);
            return value == null ? "" : value;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String byNumber(int group, Matcher match) {
        return group > match.groupCount() ? "" : match.group(group);
    }

    private static boolean isPart(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
