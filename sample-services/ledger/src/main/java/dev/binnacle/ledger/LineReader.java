package dev.binnacle.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads lines of limited length. What is longer is not kept in memory. */
final class LineReader {
    private final InputStream in;
    private final byte[] line;
    private final Runnable lineBegun;

    /**
     * A reader of {@code in}.
     *
     * @param longest the most bytes of a line, its break not counted
     * @param lineBegun called when the first byte of a line has come
     */
    LineReader(InputStream in, int longest, Runnable lineBegun) {
        this.in = new BufferedInputStream(in, 1024);
        this.line = new byte[longest];
        this.lineBegun = lineBegun;
    }

    /**
     * Returns the next line without its break ({@code \n} or {@code \r\n}), as ASCII with anything else replaced; empty
     * at the end of the stream. A last line without a break was cut off and is not returned.
     *
     * @throws TooLongException when the line is longer than allowed; nothing more can be read then
     */
    Optional<String> next() throws IOException {
        int length = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (length == 0) {
                lineBegun.run();
            }
            if (b == '\n') {
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                return Optional.of(new String(line, 0, end, StandardCharsets.US_ASCII));
            }
            if (length == line.length) {
                throw new TooLongException(line.length);
            }
            line[length++] = (byte) b;
        }
        return Optional.empty();
    }

    /** A line exceeds the limit. */
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException(int longest) {
            super("a line has at most " + longest + " bytes");
        }
    }
}
