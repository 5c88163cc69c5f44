package dev.binnacle.local.generate;

import dev.binnacle.local.ProblemException;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What generators make of the same sources. */
public final class Generation {
    private final SortedMap<String, String> texts = new TreeMap<>();
    private final Map<String, String> makers = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    private Generation() {}

    /**
     * Runs every generator, then lets each complete what all have made.
     *
     * @param generators by id
     * @return the files' texts by their paths
     * @throws ProblemException with what every generator that has no answer says
     */
    public static SortedMap<String, String> of(
            SortedMap<String, ConfigGenerator> generators, List<SourceFile> sources) {
        var generation = new Generation();
        generators.forEach((id, generator) -> generation.add(id, () -> generator.generate(sources)));
        generation.throwIfWrong();
        var all = generation.files();
        generators.forEach((id, generator) -> generation.add(id, () -> generator.complete(all)));
        generation.throwIfWrong();
        return generation.texts;
    }

    private interface Work {
        List<GeneratedFile> run() throws GenerationException;
    }

    private void add(String id, Work work) {
        try {
            for (var file : work.run()) {
                String other = makers.putIfAbsent(file.path(), id);
                if (other != null) {
                    problems.add(id + ": " + file.path() + " is written by " + other + " already");
                }
                texts.put(file.path(), file.text());
            }
        } catch (GenerationException e) {
            String.valueOf(e.getMessage()).lines().forEach(line -> problems.add(id + ": " + line));
        }
    }

    private List<GeneratedFile> files() {
        return texts.entrySet().stream()
                .map(file -> new GeneratedFile(file.getKey(), file.getValue()))
                .toList();
    }

    private void throwIfWrong() {
        if (!problems.isEmpty()) {
            throw ProblemException.no(String.join("\n", problems), "Nothing was written.");
        }
    }
}
