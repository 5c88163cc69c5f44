package dev.binnacle.prometheus.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping of a file while it is read: what nobody has asked for when it {@linkplain #end ends} is a problem. */
public final class Section {
    private final String path;
    private final Node node;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final TreeSet<String> asked = new TreeSet<>();

    Section(String path, @Nullable Node node, Node parent, Problems problems) {
        this.path = path;
        this.node = node == null ? parent : node;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> put(entry.getKeyNode(), entry.getValueNode()));
        } else if (node != null && !isNull(node)) {
            problems.add(node, path, "has to be a mapping");
        }
    }

    /** Tells whether the key is there. */
    public boolean has(String key) {
        return find(key) != null;
    }

    /** Returns a single value as it is written. */
    public String text(String key, String fallback) {
        return value(key, fallback, text -> text);
    }

    /** Returns true or false. */
    public boolean flag(String key, boolean fallback) {
        return value(key, fallback, text -> switch (text) {
            case "true", "yes", "on", "y", "True", "TRUE" -> true;
            case "false", "no", "off", "n", "False", "FALSE" -> false;
            default -> throw new IllegalArgumentException("is true or false");
        });
    }

    /** Returns a whole number. */
    public long number(String key, long fallback) {
        return value(key, fallback, text -> {
            try {
                return Long.parseUnsignedLong(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is a whole number that is not negative", e);
            }
        });
    }

    /** Returns a duration as Prometheus writes it. */
    public Duration duration(String key, Duration fallback) {
        return value(key, fallback, Durations::parse);
    }

    /** Returns a number of bytes. */
    public long size(String key, long fallback) {
        return value(key, fallback, Sizes::parse);
    }

    /** Returns what {@code parser} makes of the value; what it throws for a wrong one continues a sentence: "is a …". */
    public <T> T value(String key, T fallback, Function<String, T> parser) {
        Node value = find(key);
        if (value == null || isNull(value)) {
            return fallback;
        }
        if (!(value instanceof ScalarNode scalar)) {
            problems.add(value, at(key), "has to be a single value");
            return fallback;
        }
        try {
            return parser.apply(scalar.getValue());
        } catch (IllegalArgumentException e) {
            problems.add(value, at(key), "'" + scalar.getValue() + "' is wrong: it " + e.getMessage());
            return fallback;
        }
    }

    /** Returns a list of single values. */
    public List<String> texts(String key) {
        var texts = new ArrayList<String>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar) {
                texts.add(scalar.getValue());
            } else {
                problems.add(item, at(key), "has to be a list of single values");
            }
        }
        return texts;
    }

    /** Returns the sections of a list. */
    public List<Section> sections(String key) {
        var sections = new ArrayList<Section>();
        for (Node item : items(key)) {
            sections.add(new Section(at(key) + "[" + sections.size() + "]", item, node, problems));
        }
        return sections;
    }

    /** Returns a mapping; an empty one when there is none. */
    public Section section(String key) {
        return new Section(at(key), find(key), node, problems);
    }

    /** Returns all keys and their single values, and asks for them. */
    public Map<String, String> map() {
        var map = new LinkedHashMap<String, String>();
        for (String key : values.keySet()) {
            map.put(key, text(key, ""));
        }
        return map;
    }

    /** Returns the keys in their order. */
    public List<String> keys() {
        return List.copyOf(values.keySet());
    }

    /** Adds a problem at the value of {@code key}, or here when there is none. */
    public void problem(String key, String message) {
        problems.add(values.getOrDefault(key, node), values.containsKey(key) ? at(key) : path, message);
    }

    /** Reads a key that changes nothing here. */
    public void ignore(String... keys) {
        for (String key : keys) {
            find(key);
        }
    }

    /** Returns the line of the value of {@code key}, or of this section when there is none; counted from 1. */
    public int line(String key) {
        return values.getOrDefault(key, node).getStartMark().getLine() + 1;
    }

    /** Adds a problem for each key that nobody has asked for. */
    public void end() {
        for (var value : values.entrySet()) {
            if (!asked.contains(value.getKey())) {
                problems.add(
                        value.getValue(),
                        at(value.getKey()),
                        "is not supported; known here are " + String.join(", ", asked));
            }
        }
    }

    private List<Node> items(String key) {
        Node value = find(key);
        if (value == null || isNull(value)) {
            return List.of();
        }
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(value, at(key), "has to be a list");
        return List.of();
    }

    private @Nullable Node find(String key) {
        asked.add(key);
        return values.get(key);
    }

    private void put(Node key, Node value) {
        String name = key instanceof ScalarNode scalar ? scalar.getValue() : key.toString();
        if (values.put(name, value) != null) {
            problems.add(key, at(name), "is there twice");
        }
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
