package dev.binnacle.spi.config;

/**
 * One thing wrong with one setting.
 *
 * @param key the setting's name as written
 * @param message what is wrong, with the offending value
 * @param fix what to do about it
 */
public record ConfigProblem(String key, String message, String fix) {
    /** Returns {@code key: message. fix} as one line. */
    @Override
    public String toString() {
        return key + ": " + message + ". " + fix;
    }
}
