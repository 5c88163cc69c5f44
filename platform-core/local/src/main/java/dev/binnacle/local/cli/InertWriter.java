package dev.binnacle.local.cli;

import dev.binnacle.mesh.diagnostic.Inert;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Keeps what names in manifests, logs and answers hold from acting on the terminal; lines and tabs stay. */
final class InertWriter extends FilterWriter {
    InertWriter(Writer terminal) {
        super(terminal);
    }

    @Override
    public void write(int character) throws IOException {
        write(String.valueOf((char) character), 0, 1);
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        write(new String(characters, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        int begin = offset;
        for (int i = offset; i < offset + length; i++) {
            if (text.charAt(i) == '\n' || text.charAt(i) == '\t') {
                out.write(Inert.text(text.substring(begin, i)));
                out.write(text.charAt(i));
                begin = i + 1;
            }
        }
        out.write(Inert.text(text.substring(begin, offset + length)));
    }
}
