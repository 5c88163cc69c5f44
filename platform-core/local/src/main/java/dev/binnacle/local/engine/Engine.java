package dev.binnacle.local.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A program that is there and can be started.
 *
 * @param binary absolute
 * @param origin where it came from, for people: {@code PATH}, {@code Debian package prometheus 2.42.0+ds-5}
 * @param webAssets the folder for {@code --web.local-assets}; null when the program carries its pages itself, or has none
 * @param folder the working folder it must be started in to find its files; null for any
 */
public record Engine(
        EngineKind kind,
        Path binary,
        Version version,
        String origin,
        @Nullable Path webAssets,
        @Nullable Path folder) {

    /** Returns an engine that finds its own files from anywhere. */
    static Engine of(EngineKind kind, Path binary, Version version, String origin) {
        return new Engine(kind, binary, version, origin, null, null);
    }
}
