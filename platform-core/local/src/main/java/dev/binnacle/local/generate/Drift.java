package dev.binnacle.local.generate;

import java.util.ArrayList;
import java.util.List;

/** Where a file differs from what it should be, as a unified diff of one hunk. */
public final class Drift {
    private static final int CONTEXT = 2;
    private static final int SHOWN = 30;

    private Drift() {}

    /**
     * Returns the diff's lines; long parts are cut and say so.
     *
     * @param name the file in the clone
     * @param is the lines that it has; none when it is missing
     */
    public static List<String> lines(String name, List<String> is, List<String> wanted) {
        int start = commonStart(is, wanted);
        int end = commonEnd(is, wanted, start);
        int first = Math.max(0, start - CONTEXT);
        var lines = new ArrayList<String>();
        lines.add("--- " + name);
        lines.add("+++ " + name + " (generated)");
        int after = Math.min(CONTEXT, end);
        lines.add("@@ -" + (first + 1) + "," + (is.size() - end + after - first) + " +" + (first + 1) + ","
                + (wanted.size() - end + after - first) + " @@");
        is.subList(first, start).forEach(line -> lines.add(" " + line));
        add(lines, "-", is.subList(start, is.size() - end));
        add(lines, "+", wanted.subList(start, wanted.size() - end));
        is.subList(is.size() - end, is.size() - end + after).forEach(line -> lines.add(" " + line));
        return lines;
    }

    private static void add(List<String> lines, String sign, List<String> part) {
        part.stream().limit(SHOWN).forEach(line -> lines.add(sign + line));
        if (part.size() > SHOWN) {
            lines.add(sign + " … " + (part.size() - SHOWN) + " more lines");
        }
    }

    private static int commonStart(List<String> a, List<String> b) {
        int length = Math.min(a.size(), b.size());
        int at = 0;
        while (at < length && a.get(at).equals(b.get(at))) {
            at++;
        }
        return at;
    }

    private static int commonEnd(List<String> a, List<String> b, int start) {
        int length = Math.min(a.size(), b.size()) - start;
        int at = 0;
        while (at < length && a.get(a.size() - 1 - at).equals(b.get(b.size() - 1 - at))) {
            at++;
        }
        return at;
    }
}
