package dev.binnacle.mesh.yaml;

import java.util.List;
import java.util.Optional;

/** A YAML value with the line it begins at, counted from 1. Aliases are expanded and merge keys applied. */
public sealed interface YamlNode {
    /** Returns the line in the file. */
    int line();

    /** Returns what kind of value this is, as a user would say it. */
    String describe();

    /** A mapping; keys are unique and in the order written. */
    record Mapping(int line, List<Entry> entries) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** Returns the value of {@code key}; an explicit null counts as absent, as in Kubernetes. */
        public Optional<YamlNode> get(String key) {
            return entries.stream()
                    .filter(e -> e.key().equals(key))
                    .map(Entry::value)
                    .filter(v -> !v.isNull())
                    .findFirst();
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** One key and its value. */
    record Entry(String key, int line, YamlNode value) {}

    /** A list. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A single value: its text as written (quotes removed) and the type YAML 1.1 gives it. */
    record Scalar(int line, String text, ScalarType type) implements YamlNode {
        @Override
        public String describe() {
            return switch (type) {
                case STRING -> "the text \"" + text + "\"";
                case NULL -> "nothing";
                case BOOLEAN -> "the boolean " + text;
                case INTEGER, DECIMAL -> "the number " + text;
            };
        }
    }

    /** Tells whether this is an explicit or an empty null. */
    default boolean isNull() {
        return this instanceof Scalar s && s.type() == ScalarType.NULL;
    }
}
