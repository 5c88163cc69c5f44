package dev.binnacle.local.engine;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user said about one engine.
 *
 * @param path use this program; null when none was named
 * @param major only this major version; null for any
 * @param saidBy where it was said, for messages
 */
public record EngineWish(@Nullable Path path, @Nullable Integer major, String saidBy) {
    /** Nothing was said. */
    public static final EngineWish NONE = new EngineWish(null, null, "nobody");

    /** Reads {@code value}: a major version such as {@code 3}, or else a path. */
    public static EngineWish of(String value, String saidBy) {
        boolean number = !value.isEmpty() && value.length() < 3 && value.chars().allMatch(Character::isDigit);
        return number
                ? new EngineWish(null, Integer.valueOf(value), saidBy)
                : new EngineWish(Path.of(value), null, saidBy);
    }

    /** Tells why {@code version} of {@code kind} is not what is wanted; empty when it is. */
    public Optional<String> objection(EngineKind kind, Version version) {
        if (version.compareTo(kind.oldest()) < 0) {
            return Optional.of("is " + version + ", older than " + kind.oldest());
        }
        if (major != null && version.major() != major) {
            return Optional.of("is " + version + ", and " + saidBy + " asks for " + major);
        }
        return Optional.empty();
    }
}
