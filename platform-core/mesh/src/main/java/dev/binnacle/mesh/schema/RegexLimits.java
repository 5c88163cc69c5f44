package dev.binnacle.mesh.schema;

import com.google.re2j.Pattern;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What Envoy's RE2 refuses and RE2/J does not: repetitions that multiply to more than a thousand, programs of more than the
 * size that Istio allows, and characters beyond Latin-1 by number. Refused there it would cost every route of the proxy.
 */
final class RegexLimits {
    /** Istio's {@code re2.max_program_size.error_level} is 32768; sizes here are estimates. */
    private static final long LARGEST = 25_000;

    private static final int MOST_REPETITIONS = 1000;
    private static final int ESCAPE_SIZE = 30;
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,4})(,([0-9]{0,4}))?\\}");
    private static final Pattern WIDE = Pattern.compile("\\\\x\\{0*[1-9a-fA-F][0-9a-fA-F]{2,}\\}");

    /** An open group: how large it is so far, and how often its parts are repeated. */
    private static final class Group {
        private long size;
        private long repetitions = 1;
        private long lastSize;
        private long lastRepetitions = 1;

        void add(long partSize, long partRepetitions) {
            lastSize = partSize;
            lastRepetitions = partRepetitions;
            size = Math.min(Integer.MAX_VALUE, size + partSize);
            repetitions = Math.max(repetitions, partRepetitions);
        }

        void repeat(long times) {
            long more = lastSize * Math.max(0, times - 1);
            size = Math.min(Integer.MAX_VALUE, size + more);
            lastSize += more;
            lastRepetitions *= Math.max(1, times);
            repetitions = Math.max(repetitions, lastRepetitions);
        }
    }

    private RegexLimits() {}

    /** Returns what is wrong with a regular expression that RE2/J has accepted. */
    static Optional<String> problem(String regex) {
        if (WIDE.matcher(regex).find()) {
            return Optional.of("it names a character beyond \\xFF by its number");
        }
        var whole = measure(regex);
        if (whole.repetitions > MOST_REPETITIONS) {
            return Optional.of(
                    "its repetitions multiply to " + whole.repetitions + ", the limit is " + MOST_REPETITIONS);
        }
        return whole.size > LARGEST
                ? Optional.of("it is too large: its repetitions make a program that Envoy refuses")
                : Optional.empty();
    }

    private static Group measure(String regex) {
        Deque<Group> open = new ArrayDeque<>();
        var current = new Group();
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            if (c == '\\') {
                current.add(ESCAPE_SIZE, 1);
                i += 2;
            } else if (c == '[') {
                int end = endOfClass(regex, i);
                // Each range is an instruction; a class of Unicode is at most thirty of them within Latin-1.
                current.add(classSize(regex.substring(i, end)), 1);
                i = end;
            } else if (c == '(') {
                open.push(current);
                current = new Group();
                i++;
            } else if (c == ')' && !open.isEmpty()) {
                var parent = open.pop();
                parent.add(current.size + 2, current.repetitions);
                current = parent;
                i++;
            } else if (c == '{' && count(regex, i) > 0) {
                current.repeat(times(regex, i));
                i += count(regex, i);
            } else {
                current.add(1, 1);
                i++;
            }
        }
        while (!open.isEmpty()) {
            var parent = open.pop();
            parent.add(current.size, current.repetitions);
            current = parent;
        }
        return current;
    }

    /** Returns the length of the counted repetition at {@code at}; 0 when a brace is just a brace. */
    private static int count(String regex, int at) {
        var matcher = COUNT.matcher(regex.substring(at));
        return matcher.lookingAt() ? matcher.end() : 0;
    }

    private static long times(String regex, int at) {
        var matcher = COUNT.matcher(regex.substring(at));
        if (!matcher.lookingAt()) {
            return 1;
        }
        String most = matcher.group(3);
        return Long.parseLong(most == null || most.isEmpty() ? matcher.group(1) : most);
    }

    private static long classSize(String text) {
        long escapes = text.chars().filter(c -> c == '\\').count();
        return text.length() + escapes * ESCAPE_SIZE;
    }

    private static int endOfClass(String regex, int begin) {
        int i = begin + 1;
        if (i < regex.length() && regex.charAt(i) == '^') {
            i++;
        }
        int first = i;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ']' && i > first) {
                return i + 1;
            } else if (c == '[' && regex.startsWith("[:", i) && regex.indexOf(":]", i) > 0) {
                i = regex.indexOf(":]", i) + 1;
            }
            i++;
        }
        return regex.length();
    }
}
