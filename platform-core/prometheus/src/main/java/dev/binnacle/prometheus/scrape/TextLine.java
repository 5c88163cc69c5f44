package dev.binnacle.prometheus.scrape;

/** A line of the text format, as lenient as Prometheus' own parser and no more. */
final class TextLine extends LineReader {
    TextLine(ByteWindow window) {
        super(window);
    }

    @Override
    Kind begin() throws Malformed {
        int start = at;
        skipBlanks();
        return switch (peek()) {
            // Prometheus takes it for the end of the page.
            case 0 -> Kind.END;
            case '\n' -> {
                at++;
                yield Kind.NOTHING;
            }
            case '#' -> comment();
            case '{' -> {
                at++;
                labels();
                requireName();
                yield Kind.SAMPLE;
            }
            default -> {
                if (at > start || !isNameStart(peek())) {
                    throw expected("a metric name or a '#' at the beginning of the line");
                }
                nameAndLabels();
                yield Kind.SAMPLE;
            }
        };
    }

    @Override
    void tail() throws Malformed {
        skipBlanks();
        int from = at;
        while (!isEndOfValue(peek())) {
            at++;
        }
        if (at == from) {
            throw at < window.end && window.bytes[at] == '\n'
                    ? new Malformed("the value is missing")
                    : expected("a value");
        }
        readValue(from, at);
        skipBlanks();
        if (isDigit(peek())) {
            readTimestamp();
            skipBlanks();
        }
        if (!skip('\n')) {
            throw expected("a timestamp in milliseconds or the end of the line");
        }
    }

    @Override
    void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

    @Override
    boolean isLineFeedAllowed() {
        return true;
    }

    @Override
    boolean isLineFeedInNameAllowed() {
        return true;
    }

    @Override
    boolean isCommaNeeded() {
        return false;
    }

    private void requireName() throws Malformed {
        if (nameFrom < 0) {
            throw new Malformed("the metric has no name");
        }
    }

    private void readTimestamp() throws Malformed {
        int from = at;
        while (isDigit(peek())) {
            at++;
        }
        try {
            timestamp = Long.parseLong(window.text(from, at));
        } catch (NumberFormatException e) {
            throw new Malformed("the timestamp '" + shown(from, at) + "' is too large");
        }
    }

    private Kind comment() throws Malformed {
        at++;
        if (!isBlank(peek())) {
            return remark(true);
        }
        skipBlanks();
        int word = at;
        while (peek() >= 'A' && peek() <= 'Z') {
            at++;
        }
        String keyword = isBlank(peek()) ? window.text(word, at) : "";
        return switch (keyword) {
            case "HELP" -> description(Kind.HELP);
            case "TYPE" -> description(Kind.TYPE);
            default -> remark(false);
        };
    }

    private Kind remark(boolean endsAtZero) {
        while (peek() != '\n') {
            if (peek() == 0 && endsAtZero) {
                return Kind.END;
            }
            at++;
        }
        at++;
        return Kind.NOTHING;
    }

    private Kind description(Kind kind) throws Malformed {
        skipBlanks();
        familyName();
        int from = at;
        boolean blank = true;
        while (peek() != '\n') {
            blank &= isBlank(peek());
            at++;
        }
        // The first byte behind the name is left out, whatever it is.
        textFrom = blank ? at : from + 1;
        textTo = at++;
        return kind;
    }

    private static boolean isEndOfValue(int c) {
        return isBlank(c) || c == '\n' || c == '{';
    }

    private static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }
}
