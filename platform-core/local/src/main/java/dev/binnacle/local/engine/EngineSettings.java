package dev.binnacle.local.engine;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.instance.Settings;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the user said about engines: flags before variables before settings files.
 *
 * @param wishes by kind; kinds nobody spoke of are absent
 * @param releases the base of upstream release archives
 */
public record EngineSettings(Map<EngineKind, EngineWish> wishes, URI releases) {
    private static final String RELEASES = "https://github.com";

    /**
     * Puts the settings together.
     *
     * @param flags engine name to value, as {@code --engine NAME=PATH} gave them
     * @throws ProblemException when a flag names no engine
     */
    public static EngineSettings of(Map<String, String> flags, Map<String, String> environment, Settings settings) {
        for (String name : flags.keySet()) {
            if (EngineKind.of(name).isEmpty()) {
                throw ProblemException.usage(
                        "--engine " + name + ": there is no such engine",
                        "Engines are " + String.join(", ", EngineKind.ids()) + ".");
            }
        }
        var wishes = new EnumMap<EngineKind, EngineWish>(EngineKind.class);
        for (EngineKind kind : EngineKind.values()) {
            settings.get("engine." + kind.id())
                    .ifPresent(said -> wishes.put(
                            kind, EngineWish.of(said.value(), said.file().toString())));
            String variable = "BINNACLE_ENGINE_" + kind.name();
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                wishes.put(kind, EngineWish.of(value, variable));
            }
            String flag = flags.get(kind.id());
            if (flag != null) {
                wishes.put(kind, EngineWish.of(flag, "--engine"));
            }
        }
        String base = settings.get("engine.releases").map(Settings.Said::value).orElse(RELEASES);
        return new EngineSettings(wishes, URI.create(environment.getOrDefault("BINNACLE_ENGINE_RELEASES", base)));
    }

    /** Returns what was said about {@code kind}. */
    public EngineWish wish(EngineKind kind) {
        return wishes.getOrDefault(kind, EngineWish.NONE);
    }
}
