package dev.binnacle.plugins.generate;

import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What generators make of the same sources. */
public final class Generation {
    private final SortedMap<String, Made> files = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /** A file, and the id of the generator that made it. */
    private record Made(String by, GeneratedFile file) {}

    private interface Work {
        List<GeneratedFile> run() throws GenerationException;
    }

    private Generation() {}

    /**
     * Runs every generator, then lets each complete what all have made.
     *
     * @param generators all that there are, by id: what one completes depends on what the others made
     * @throws GenerationException with what every generator that has no answer says
     */
    public static Generation of(SortedMap<String, ConfigGenerator> generators, List<SourceFile> sources)
            throws GenerationException {
        var generation = new Generation();
        generators.forEach((id, generator) -> generation.add(id, () -> generator.generate(sources)));
        generation.throwIfWrong();
        var all = generation.files.values().stream().map(Made::file).toList();
        generators.forEach((id, generator) -> generation.add(id, () -> generator.complete(all)));
        generation.throwIfWrong();
        return generation;
    }

    /** Returns what these generators made, in the order of the paths. */
    public List<GeneratedFile> filesOf(Collection<String> ids) {
        return files.values().stream()
                .filter(made -> ids.contains(made.by()))
                .map(Made::file)
                .toList();
    }

    private void add(String id, Work work) {
        try {
            for (var file : work.run()) {
                var other = files.putIfAbsent(file.path(), new Made(id, file));
                if (other != null) {
                    problems.add(id + ": " + file.path() + " is written by " + other.by() + " already");
                }
            }
        } catch (GenerationException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> problems.add(id + ": " + line));
        }
    }

    private void throwIfWrong() throws GenerationException {
        if (!problems.isEmpty()) {
            throw new GenerationException(String.join("\n", problems), null);
        }
    }
}
