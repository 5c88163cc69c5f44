package dev.binnacle.local.engine;

import java.util.Locale;

/**
 * The machine that engines must run on.
 *
 * @param system {@code linux}, {@code darwin} …, as Go names them
 * @param processor {@code amd64}, {@code arm64} …, as Go names them
 */
record Platform(String system, String processor) {
    /** Returns this machine. */
    static Platform current() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return new Platform(
                system.startsWith("mac") ? "darwin" : system,
                switch (processor) {
                    case "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> processor;
                });
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
