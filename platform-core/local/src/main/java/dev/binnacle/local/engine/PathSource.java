package dev.binnacle.local.engine;

import java.nio.file.Path;
import java.util.Optional;

/** What is installed on the machine. */
final class PathSource implements EngineSource {
    private final Tool tool;

    PathSource(Tool tool) {
        this.tool = tool;
    }

    @Override
    public String name() {
        return "PATH";
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish) throws UnavailableException, InterruptedException {
        Path program = kind.programs().stream()
                .map(tool::find)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new UnavailableException("no " + String.join(" or ", kind.programs())));
        Version version = tool.version(program, kind)
                .orElseThrow(
                        () -> new UnavailableException("`" + program + " --version` names no version of " + kind.id()));
        var objection = wish.objection(kind, version);
        if (objection.isPresent()) {
            throw new UnavailableException(program + " " + objection.get());
        }
        for (String companion : kind.companions()) {
            if (tool.find(companion).isEmpty()) {
                throw new UnavailableException(program + " comes without " + companion);
            }
        }
        return Engine.of(kind, program, version, "PATH");
    }
}
