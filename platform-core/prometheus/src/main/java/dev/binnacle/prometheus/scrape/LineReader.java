package dev.binnacle.prometheus.scrape;

import dev.binnacle.prometheus.exposition.Numbers;
import java.util.Arrays;

/**
 * Reads one line of a page, without making anything of it: where the name and the labels are, what the value is.
 *
 * <p>What the formats have in common is here. Each method begins at {@link #at} and leaves it behind what it has read. When the window
 * ends too early it throws {@link NeedMore}, and the line is read again from its beginning.
 */
abstract class LineReader {
    /** What a line is. */
    enum Kind {
        SAMPLE,
        /** HELP, TYPE or UNIT, of the family that is named. */
        HELP,
        TYPE,
        UNIT,
        /** Empty, or a remark for people. */
        NOTHING,
        /** The page ends here, whatever comes. */
        END
    }

    /** The window ends before the line does. */
    static final class NeedMore extends RuntimeException {
        private static final long serialVersionUID = 1L;

        static final NeedMore SIGNAL = new NeedMore();

        private NeedMore() {
            super("", null, false, false);
        }
    }

    /** The line breaks the format. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    private static final int SHOWN = 40;

    final ByteWindow window;
    int at;

    /** Where the name is; -1 while there is none. */
    int nameFrom;

    int nameTo;

    /** Of each label: where its name begins and ends, where its value begins and ends, without quotes. */
    int[] labels = new int[64];

    int labelEnds;

    /** Where the text of a HELP, TYPE or UNIT line is. */
    int textFrom;

    int textTo;

    double value;
    long timestamp;
    boolean exemplar;

    /** Whether a comma stands behind the last label. */
    boolean commaAtEnd;

    LineReader(ByteWindow window) {
        this.window = window;
    }

    /** Reads a line up to its value, or all of it when it has none. */
    abstract Kind begin() throws Malformed;

    /** Reads value, timestamp and the end of the line. */
    abstract void tail() throws Malformed;

    /** Skips blanks where the format allows them. */
    abstract void skipBlanks();

    /** Tells whether a line feed may stand in a label's value as it is. */
    abstract boolean isLineFeedAllowed();

    /** Tells whether a line feed may stand in a name in quotes as it is. */
    abstract boolean isLineFeedInNameAllowed();

    /** Tells whether labels have to have a comma between them. */
    abstract boolean isCommaNeeded();

    final void reset() {
        at = window.at;
        nameFrom = -1;
        nameTo = -1;
        labelEnds = 0;
        exemplar = false;
        commaAtEnd = false;
        timestamp = SampleSink.NO_TIMESTAMP;
    }

    final int peek() {
        if (at == window.end) {
            throw NeedMore.SIGNAL;
        }
        return window.bytes[at];
    }

    final boolean skip(int c) {
        boolean there = peek() == c;
        at += there ? 1 : 0;
        return there;
    }

    /** Reads the name in front of the labels, and the labels. */
    final void nameAndLabels() throws Malformed {
        nameFrom = at;
        skipName();
        nameTo = at;
        skipBlanks();
        if (skip('{')) {
            labels();
        } else {
            at = nameTo;
        }
    }

    /** Reads labels behind their brace, the name among them when there is none yet. */
    final void labels() throws Malformed {
        skipBlanks();
        while (!skip('}')) {
            int from = at;
            boolean quoted = labelName();
            int to = at;
            skipBlanks();
            if (quoted && (peek() == ',' || peek() == '}')) {
                setName(from + 1, to - 1);
            } else {
                label(from + (quoted ? 1 : 0), to - (quoted ? 1 : 0));
            }
            endOfLabel();
        }
    }

    final void familyName() throws Malformed {
        nameFrom = at;
        if (peek() == '"') {
            skipQuoted(true);
            nameFrom++;
            nameTo = at - 1;
        } else if (isNameStart(peek())) {
            skipName();
            nameTo = at;
        } else {
            throw expected("a metric name");
        }
    }

    final void readValue(int from, int to) throws Malformed {
        try {
            value = Numbers.parse(window.text(from, to));
        } catch (NumberFormatException e) {
            throw new Malformed("the value '" + shown(from, to) + "' is not a number");
        }
    }

    final Malformed expected(String what) {
        int to = at;
        while (to < window.end && to < at + SHOWN && window.bytes[to] != '\n') {
            to++;
        }
        return new Malformed(
                what + " is expected, found " + (to == at ? "the end of the line" : "'" + window.text(at, to) + "'"));
    }

    final String shown(int from, int to) {
        return window.text(from, Math.min(to, from + SHOWN));
    }

    static boolean isNameStart(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private void skipName() {
        while (isNameStart(peek()) || isDigit(peek())) {
            at++;
        }
    }

    /** Skips a label's name, or a name in quotes, and tells whether it is in quotes. */
    private boolean labelName() throws Malformed {
        if (peek() == '"') {
            skipQuoted(isLineFeedInNameAllowed());
            return true;
        }
        if (!isNameStart(peek()) || peek() == ':') {
            throw expected("a label name");
        }
        while (peek() != ':' && isNameStart(peek()) || isDigit(peek())) {
            at++;
        }
        return false;
    }

    private void setName(int from, int to) throws Malformed {
        if (nameFrom >= 0) {
            throw new Malformed("the metric has a second name, '" + shown(from, to) + "'");
        }
        nameFrom = from;
        nameTo = to;
    }

    private void label(int from, int to) throws Malformed {
        if (!skip('=')) {
            throw expected("'='");
        }
        skipBlanks();
        int valueFrom = at + 1;
        if (peek() != '"') {
            throw expected("a label value in quotes");
        }
        skipQuoted(isLineFeedAllowed());
        add(from, to, valueFrom, at - 1);
        skipBlanks();
    }

    private void endOfLabel() throws Malformed {
        if (skip(',')) {
            skipBlanks();
            commaAtEnd = peek() == '}';
        } else if (isCommaNeeded() && peek() != '}') {
            throw expected("',' or '}'");
        }
    }

    private void skipQuoted(boolean lineFeedAllowed) throws Malformed {
        at++;
        while (!skip('"')) {
            if (peek() == '\n' && !lineFeedAllowed) {
                throw new Malformed("a closing quote is missing");
            }
            if (skip('\\') && peek() == '\n') {
                throw new Malformed("a '\\' stands before the end of the line");
            }
            at++;
        }
    }

    private void add(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        if (labelEnds == labels.length) {
            labels = Arrays.copyOf(labels, 2 * labels.length);
        }
        labels[labelEnds++] = nameStart;
        labels[labelEnds++] = nameEnd;
        labels[labelEnds++] = valueStart;
        labels[labelEnds++] = valueEnd;
    }
}
