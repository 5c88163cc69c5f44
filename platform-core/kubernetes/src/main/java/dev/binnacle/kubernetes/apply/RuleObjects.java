package dev.binnacle.kubernetes.apply;

import dev.binnacle.spi.generate.GeneratedFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Turns files with rules into PrometheusRules: one for each file, or several for a file that is too large for one. */
final class RuleObjects {
    /** prometheus-operator leaves out a PrometheusRule of more than 512 KiB; its own rendering may be larger than this one. */
    static final int MOST_BYTES = 400 * 1024;

    private static final String FOLDER = "prometheus/rules/";
    private static final int LARGEST_FILE = 64 << 20;

    private final Map<String, String> labels;
    private final Consumer<String> problems;

    /**
     * @param labels of every object, beside what says that it is the platform's
     * @param problems is told what cannot become an object
     */
    RuleObjects(Map<String, String> labels, Consumer<String> problems) {
        this.labels = labels;
        this.problems = problems;
    }

    static boolean isRules(GeneratedFile file) {
        return file.path().startsWith(FOLDER)
                && (file.path().endsWith(".yml") || file.path().endsWith(".yaml"));
    }

    List<GeneratedObject> of(String generator, GeneratedFile file) {
        var parts = parts(groups(file), file.path());
        String name = ObjectNames.of(file.path().substring(FOLDER.length()));
        var objects = new ArrayList<GeneratedObject>();
        for (int i = 0; i < parts.size(); i++) {
            objects.add(new GeneratedObject(
                    generator,
                    GeneratedObject.PROMETHEUS_RULE,
                    i == 0 ? name : name + "-" + (i + 1),
                    labels,
                    Map.of(),
                    Map.of("spec", Map.of("groups", parts.get(i)))));
        }
        return objects;
    }

    private List<?> groups(GeneratedFile file) {
        try {
            var options = new LoaderOptions();
            options.setCodePointLimit(LARGEST_FILE);
            Object read = new Yaml(new SafeConstructor(options)).load(file.text());
            if (read instanceof Map<?, ?> map && map.get("groups") instanceof List<?> groups) {
                return groups;
            }
            problems.accept(file.path() + " has no groups of rules");
        } catch (YAMLException e) {
            problems.accept(file.path() + " is no YAML: " + e.getMessage());
        }
        return List.of();
    }

    /** Rules of one group are evaluated one after the other, so a group stays whole. */
    private List<List<Object>> parts(List<?> groups, String path) {
        var parts = new ArrayList<List<Object>>();
        int left = 0;
        for (Object group : groups) {
            int size = size(group);
            if (size > MOST_BYTES) {
                problems.accept(path + ": the group " + (group instanceof Map<?, ?> map ? map.get("name") : "")
                        + " has " + size + " bytes, and prometheus-operator takes less than " + MOST_BYTES
                        + " in one object. Make its rules fewer");
                continue;
            }
            if (size > left) {
                parts.add(new ArrayList<>());
                left = MOST_BYTES;
            }
            parts.getLast().add(group);
            left -= size;
        }
        return parts;
    }

    private static int size(Object group) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        return new Yaml(options).dump(group).getBytes(StandardCharsets.UTF_8).length;
    }
}
