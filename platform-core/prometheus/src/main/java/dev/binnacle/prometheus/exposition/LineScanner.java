package dev.binnacle.prometheus.exposition;

import dev.binnacle.spi.model.Labels;
import java.util.TreeMap;

/** Reads one line from left to right. */
final class LineScanner {
    private final String line;
    private int at;

    LineScanner(String line) {
        this.line = line;
        skipBlanks();
    }

    boolean atEnd() {
        return at == line.length();
    }

    boolean nextIs(char c) {
        return at < line.length() && line.charAt(at) == c;
    }

    /** Returns the characters up to the next blank and skips the blanks behind it; empty at the end of the line. */
    String word() {
        int start = at;
        while (at < line.length() && !isBlank(line.charAt(at))) {
            at++;
        }
        String word = line.substring(start, at);
        skipBlanks();
        return word;
    }

    String metricName() throws LineException {
        String name = name(true);
        if (name.isEmpty()) {
            throw new LineException("a metric name is expected, found " + rest());
        }
        return name;
    }

    /** Returns the labels in braces, if there are any, and skips blanks on both sides. */
    Labels labels() throws LineException {
        skipBlanks();
        if (!nextIs('{')) {
            return Labels.EMPTY;
        }
        step();
        var labels = new TreeMap<String, String>();
        while (!nextIs('}')) {
            label(labels);
            if (nextIs(',')) {
                step();
            } else if (!nextIs('}')) {
                throw new LineException("',' or '}' is expected after a label, found " + rest());
            }
        }
        step();
        return Labels.of(labels);
    }

    double value() throws LineException {
        String word = word();
        if (word.isEmpty()) {
            throw new LineException("the value is missing");
        }
        try {
            return Numbers.parse(word);
        } catch (NumberFormatException e) {
            throw new LineException("the value '" + word + "' is not a number");
        }
    }

    /** Returns the rest of a HELP line with its escapes resolved. */
    String help() throws LineException {
        var text = new StringBuilder();
        while (!atEnd()) {
            char c = line.charAt(at++);
            text.append(c == '\\' ? escaped("\\n") : c);
        }
        return text.toString();
    }

    private void label(TreeMap<String, String> labels) throws LineException {
        String name = name(false);
        if (name.isEmpty()) {
            throw new LineException("a label name is expected, found " + rest());
        }
        skipBlanks();
        expect('=');
        if (labels.put(name, quoted()) != null) {
            throw new LineException("the label " + name + " comes twice");
        }
        skipBlanks();
    }

    private String quoted() throws LineException {
        if (!nextIs('"')) {
            throw new LineException("a label value in quotes is expected, found " + rest());
        }
        at++;
        var text = new StringBuilder();
        while (!atEnd()) {
            char c = line.charAt(at++);
            if (c == '"') {
                return text.toString();
            }
            text.append(c == '\\' ? escaped("\\n\"") : c);
        }
        throw new LineException("the label value \"" + text + " has no closing quote");
    }

    private char escaped(String allowed) throws LineException {
        if (atEnd() || allowed.indexOf(line.charAt(at)) < 0) {
            throw new LineException("the escape '\\" + (atEnd() ? "" : line.charAt(at)) + "' does not exist");
        }
        char c = line.charAt(at++);
        return c == 'n' ? '\n' : c;
    }

    private void expect(char c) throws LineException {
        if (!nextIs(c)) {
            throw new LineException("'" + c + "' is expected, found " + rest());
        }
        step();
    }

    private void step() {
        at++;
        skipBlanks();
    }

    private String name(boolean colonAllowed) {
        int start = at;
        while (at < line.length() && isNamePart(line.charAt(at), at == start, colonAllowed)) {
            at++;
        }
        return line.substring(start, at);
    }

    private String rest() {
        return atEnd() ? "the end of the line" : "'" + line.substring(at, Math.min(line.length(), at + 40)) + "'";
    }

    private void skipBlanks() {
        while (at < line.length() && isBlank(line.charAt(at))) {
            at++;
        }
    }

    private static boolean isNamePart(char c, boolean first, boolean colonAllowed) {
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colonAllowed && c == ':';
        return letter || !first && c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
