package dev.binnacle.prometheus.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something that nobody but its receiver may see. It never prints itself. */
public abstract sealed class Secret {
    private Secret() {}

    /** Returns a secret that is written in the configuration. */
    public static Secret of(String text) {
        return new Written(text);
    }

    /** Returns a secret that is read from a file, as the file is when it is used; blanks around it do not count. */
    public static Secret in(Path file) {
        return new Filed(file);
    }

    /**
     * Returns what it is now.
     *
     * @throws IOException when its file cannot be read
     */
    public abstract String read() throws IOException;

    /** Returns {@code <secret>}. */
    @Override
    public final String toString() {
        return "<secret>";
    }

    private static final class Written extends Secret {
        private final String text;

        Written(String text) {
            this.text = text;
        }

        @Override
        public String read() {
            return text;
        }
    }

    private static final class Filed extends Secret {
        private final Path file;

        Filed(Path file) {
            this.file = file;
        }

        @Override
        public String read() throws IOException {
            return Files.readString(file).strip();
        }
    }
}
