package dev.binnacle.mesh.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file at its document markers, so that a syntax error costs one document and not the rest of the file.
 *
 * <p>A line that begins with {@code ---} is a marker wherever it stands, block scalars included (YAML 1.1 and 1.2), so
 * cutting by lines is exact.
 */
public final class DocumentSplitter {
    /** A document's text, marker included, and how many lines of the file come before it. */
    public record Part(int linesBefore, String text) {}

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private DocumentSplitter() {}

    /** Returns the documents of {@code text} in order; together they are the whole of it. */
    public static List<Part> split(String text) {
        var parts = new ArrayList<Part>();
        var current = new StringBuilder();
        int begin = 0;
        int number = 0;
        boolean beginning = true;
        for (String written : text.lines().toList()) {
            // Files strung together may have a byte order mark each.
            String bare = written.startsWith(BYTE_ORDER_MARK) ? written.substring(1) : written;
            boolean marker = isMarker(bare);
            if (marker && !onlyDirectives(current)) {
                parts.add(new Part(begin, current.toString()));
                current.setLength(0);
                begin = number;
            }
            current.append(beginning || marker ? bare : written).append('\n');
            beginning = marker;
            number++;
        }
        parts.add(new Part(begin, current.toString()));
        return parts;
    }

    private static boolean isMarker(String line) {
        return line.startsWith("---") && (line.length() == 3 || Character.isWhitespace(line.charAt(3)));
    }

    /** Directives such as {@code %YAML 1.1} belong to the document behind the next marker. */
    private static boolean onlyDirectives(CharSequence text) {
        return text.toString()
                .lines()
                .allMatch(l -> l.isBlank() || l.startsWith("%") || l.strip().startsWith("#"));
    }
}
