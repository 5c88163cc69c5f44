package dev.binnacle.plugin.exporters.prometheus.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** What a receiver wants to see before it takes anything. No text of it is ever part of {@code toString}. */
public sealed interface Credentials {
    /** Nothing. */
    record None() implements Credentials {}

    /** A user's name and password. */
    record Basic(String username, Secret password) implements Credentials {}

    /** A token. */
    record Bearer(Secret token) implements Credentials {}

    /** A text that nobody prints: written in the settings, or in a file that is read for every request, so that it may change. */
    sealed interface Secret {
        /** Returns the text. */
        String read() throws IOException;
    }

    /** A secret from the settings. */
    record Written(String text) implements Secret {
        @Override
        public String read() {
            return text;
        }

        @Override
        public String toString() {
            return "<secret>";
        }
    }

    /** A secret from a file; blanks around it do not count. */
    record InFile(Path file) implements Secret {
        private static final int LONGEST = 64 * 1024;

        @Override
        public String read() throws IOException {
            try (var in = Files.newInputStream(file)) {
                return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
            }
        }
    }

    /** Returns the value of the {@code Authorization} header as it is now; empty when there is none to send. */
    default String header() throws IOException {
        return switch (this) {
            case None none -> "";
            case Basic(var username, var password) ->
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString((username + ":" + password.read()).getBytes(StandardCharsets.UTF_8));
            case Bearer(var token) -> "Bearer " + token.read();
        };
    }
}
