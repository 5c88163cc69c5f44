package dev.binnacle.prometheus.scrape;

/** A line of OpenMetrics, as lenient as Prometheus' own parser and no more. */
final class OpenMetricsLine extends LineReader {
    private static final double LARGEST_LONG = 0x1p63;

    private boolean inExemplar;

    OpenMetricsLine(ByteWindow window) {
        super(window);
    }

    @Override
    Kind begin() throws Malformed {
        inExemplar = false;
        int c = peek();
        if (c == '#') {
            return comment();
        }
        if (skip('{')) {
            labels();
            if (nameFrom < 0) {
                throw new Malformed("the metric has no name");
            }
        } else if (isNameStart(c)) {
            nameAndLabels();
        } else {
            throw expected("a metric name or a '#' at the beginning of the line");
        }
        return Kind.SAMPLE;
    }

    @Override
    void tail() throws Malformed {
        int from = word("a blank and a value");
        readValue(from, at);
        if (skip('\n')) {
            return;
        }
        if (!isExemplar()) {
            timestamp = seconds(word("a blank and a timestamp"));
        }
        if (isExemplar()) {
            exemplar();
        }
        if (!skip('\n')) {
            throw expected("the end of the line");
        }
    }

    @Override
    void skipBlanks() {
        // There are none but those that the format demands.
    }

    @Override
    boolean isLineFeedAllowed() {
        return false;
    }

    @Override
    boolean isLineFeedInNameAllowed() {
        return !inExemplar;
    }

    @Override
    boolean isCommaNeeded() {
        return true;
    }

    private Kind comment() throws Malformed {
        at++;
        if (!skip(' ')) {
            throw expected("a blank");
        }
        int from = at;
        while (peek() >= 'A' && peek() <= 'Z' && at < from + 4) {
            at++;
            if (at == window.end && window.isComplete()) {
                break;
            }
        }
        return switch (window.text(from, at)) {
            case "HELP" -> description(Kind.HELP);
            case "TYPE" -> description(Kind.TYPE);
            case "UNIT" -> description(Kind.UNIT);
            case "EOF" -> Kind.END;
            default -> throw new Malformed("'" + shown(from, at) + "' is none of HELP, TYPE, UNIT and EOF");
        };
    }

    private Kind description(Kind kind) throws Malformed {
        if (!skip(' ')) {
            throw expected("a blank");
        }
        familyName();
        if (!skip(' ')) {
            throw expected("a blank and a text");
        }
        textFrom = at;
        while (peek() != '\n') {
            at++;
        }
        textTo = at++;
        return kind;
    }

    /** Reads a blank and a word, and returns where the word begins. */
    private int word(String what) throws Malformed {
        if (!skip(' ')) {
            throw expected(what);
        }
        int from = at;
        while (peek() != ' ' && peek() != '\n') {
            at++;
        }
        if (at == from) {
            throw expected(what);
        }
        return from;
    }

    private boolean isExemplar() {
        String begin = " # {";
        for (int i = 0; i < begin.length(); i++) {
            if (at + i >= window.end) {
                throw NeedMore.SIGNAL;
            }
            if (window.bytes[at + i] != begin.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Checks an exemplar; nothing is made of it. */
    private void exemplar() throws Malformed {
        double kept = value;
        int labelsOfSeries = labelEnds;
        at += " # {".length();
        int name = nameFrom;
        nameFrom = 0;
        inExemplar = true;
        labels();
        nameFrom = name;
        for (int i = labelsOfSeries; i < labelEnds; i += 4) {
            SeriesBuilder.utf8(this, labels[i + 2], labels[i + 3]);
        }
        labelEnds = labelsOfSeries;
        readValue(word("a blank and the exemplar's value"), at);
        value = kept;
        if (peek() != '\n') {
            seconds(word("a blank and the exemplar's timestamp"));
        }
        exemplar = true;
    }

    private long seconds(int from) throws Malformed {
        double kept = value;
        readValue(from, at);
        double seconds = value;
        value = kept;
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw new Malformed("the timestamp '" + shown(from, at) + "' is none");
        }
        double millis = seconds * 1000;
        // Out of range, Go's conversion gives the smallest number, on common processors; that one has a meaning here.
        return Math.abs(millis) < LARGEST_LONG ? (long) millis : SampleSink.NO_TIMESTAMP + 1;
    }
}
