package dev.binnacle.kubernetes.apply;

import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What generators make of one state of the cluster: rules and dashboards, as objects. Files that are for people and for
 * Prometheus itself stay files, which {@code ./binnacle generate} writes.
 *
 * @param objects each name once
 * @param answered the generators that had an answer: what they do not make now, they do not make any more
 * @param problems why others had none, and what of an answer cannot become an object
 */
public record Generated(List<GeneratedObject> objects, Set<String> answered, List<String> problems) {
    /** Nothing, by nobody. */
    public static final Generated NOTHING = new Generated(List.of(), Set.of(), List.of());

    public Generated {
        objects = List.copyOf(objects);
        answered = Set.copyOf(answered);
        problems = List.copyOf(problems);
    }

    /**
     * Runs every generator; one that has no answer hides no other.
     *
     * @param generators by id
     * @param labels of every object, beside what says that it is the platform's
     */
    public static Generated of(
            SortedMap<String, ConfigGenerator> generators, List<SourceFile> sources, Map<String, String> labels) {
        var objects = new ArrayList<GeneratedObject>();
        var answered = new TreeSet<String>();
        var problems = new ArrayList<String>();
        generators.forEach((id, generator) -> {
            Consumer<String> problem = text -> problems.add(id + ": " + text);
            try {
                var files = generator.generate(sources);
                objects.addAll(objects(id, files, labels, problem));
                answered.add(id);
            } catch (GenerationException e) {
                String.valueOf(e.getMessage()).lines().forEach(problem);
            }
        });
        return new Generated(once(objects, problems), answered, problems);
    }

    private static List<GeneratedObject> objects(
            String id, List<GeneratedFile> files, Map<String, String> labels, Consumer<String> problem) {
        var rules = new RuleObjects(labels, problem);
        var dashboards = new DashboardObjects(labels, problem);
        return files.stream()
                .flatMap(file -> {
                    if (RuleObjects.isRules(file)) {
                        return rules.of(id, file).stream();
                    }
                    return DashboardObjects.isDashboard(file)
                            ? dashboards.of(id, file).stream()
                            : Stream.<GeneratedObject>empty();
                })
                .toList();
    }

    private static List<GeneratedObject> once(List<GeneratedObject> objects, List<String> problems) {
        var makers = new TreeMap<String, String>();
        var kept = new ArrayList<GeneratedObject>();
        for (var object : objects) {
            String other = makers.putIfAbsent(object.id(), object.generator());
            if (other == null) {
                kept.add(object);
            } else {
                problems.add(object.generator() + ": " + object.id() + " is made by " + other + " already");
            }
        }
        return kept;
    }
}
