package dev.binnacle.plugin.collectors.prometheus.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Reads groups of targets as files and servers tell them: JSON, or YAML of the same shape. */
final class GroupReader {
    /** Texts stay texts, whatever they look like. */
    private static final class Texts extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
        }
    }

    private GroupReader() {}

    /** @throws IllegalArgumentException when it is of another shape; says what and where */
    static List<TargetGroup> read(String text) {
        Object root = load(text);
        if (root == null) {
            return List.of();
        }
        var groups = new ArrayList<TargetGroup>();
        for (Object item : list(root, "the whole")) {
            var group = map(item, "a group");
            var labels = new LinkedHashMap<String, String>();
            map(group.getOrDefault("labels", Map.of()), "labels")
                    .forEach((name, value) -> labels.put(String.valueOf(name), text(value, "a label's value")));
            var targets = list(group.getOrDefault("targets", List.of()), "targets").stream()
                    .map(target -> text(target, "a target"))
                    .toList();
            groups.add(new TargetGroup(targets, labels));
        }
        return groups;
    }

    private static @Nullable Object load(String text) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(10);
        try {
            return new Yaml(
                            new SafeConstructor(options),
                            new Representer(new DumperOptions()),
                            new DumperOptions(),
                            options,
                            new Texts())
                    .load(text);
        } catch (YAMLException e) {
            throw new IllegalArgumentException("neither JSON nor YAML: " + e.getMessage(), e);
        }
    }

    private static List<?> list(Object value, String what) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(what + " is not a list");
    }

    private static Map<Object, Object> map(Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return new LinkedHashMap<>(map);
        }
        throw new IllegalArgumentException(what + " is not a mapping");
    }

    private static String text(Object value, String what) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(what + " is not a text but " + value);
    }
}
