package dev.binnacle.local.engine;

import dev.binnacle.local.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The program that a flag, a variable or a settings file names. What was named and does not work is never replaced. */
final class ExplicitSource implements EngineSource {
    private final Tool tool;

    ExplicitSource(Tool tool) {
        this.tool = tool;
    }

    @Override
    public String name() {
        return "explicit setting";
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish) throws UnavailableException, InterruptedException {
        @Nullable Path named = wish.path();
        if (named == null) {
            throw new UnavailableException("none (--engine " + kind.id() + "=PATH, BINNACLE_ENGINE_" + kind.name()
                    + " or engine." + kind.id() + " in a settings file)");
        }
        Path program = named.toAbsolutePath().normalize();
        if (!Files.isExecutable(program) || Files.isDirectory(program)) {
            throw refused(kind, wish, program + " is not an executable file");
        }
        Version version = tool.version(program, kind)
                .orElseThrow(() -> refused(kind, wish, "`" + program + " --version` names no version of " + kind.id()));
        wish.objection(kind, version).ifPresent(why -> {
            throw refused(kind, wish, program + " " + why);
        });
        return Engine.of(kind, program, version, wish.saidBy());
    }

    private static ProblemException refused(EngineKind kind, EngineWish wish, String why) {
        return ProblemException.environment(
                "engine " + kind.id() + ", as named by " + wish.saidBy() + ": " + why,
                "Name the program of " + kind.id() + " " + kind.oldest() + " or newer, or leave the setting away.");
    }
}
