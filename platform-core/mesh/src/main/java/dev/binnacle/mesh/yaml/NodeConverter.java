package dev.binnacle.mesh.yaml;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Origin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns one composed document into {@link YamlNode}s: expands aliases within limits, merges, refuses duplicate keys. */
final class NodeConverter {
    private static final int MAX_NODES = 100_000;
    private static final String MERGE = "<<";

    private final String file;
    private final int linesBefore;
    private final Problems problems;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;

    NodeConverter(String file, int linesBefore, Problems problems) {
        this.file = file;
        this.linesBefore = linesBefore;
        this.problems = problems;
    }

    /** Returns the document; empty when it is refused, which has been reported then. */
    Optional<YamlNode> convert(Node root) {
        int before = problems.errors();
        var result = node(root);
        return problems.errors() == before ? Optional.of(result) : Optional.empty();
    }

    private YamlNode node(Node node) {
        var nothing = new YamlNode.Scalar(line(node), "", ScalarType.NULL);
        if (++nodes > MAX_NODES) {
            if (nodes == MAX_NODES + 1) {
                report(
                        DiagnosticCode.LIMIT,
                        node,
                        "more than " + MAX_NODES + " values",
                        "Use fewer or smaller aliases");
            }
            return nothing;
        }
        if (!open.add(node)) {
            report(DiagnosticCode.LIMIT, node, "an alias contains itself", "Write the value out");
            return nothing;
        }
        try {
            return switch (node) {
                case MappingNode mapping -> mapping(mapping);
                case SequenceNode sequence ->
                    new YamlNode.Sequence(
                            line(node),
                            sequence.getValue().stream().map(this::node).toList());
                case ScalarNode scalar -> scalar(scalar);
                default -> nothing;
            };
        } finally {
            open.remove(node);
        }
    }

    private YamlNode mapping(MappingNode node) {
        var own = new LinkedHashMap<String, YamlNode.Entry>();
        var merged = new ArrayList<YamlNode>();
        for (var tuple : node.getValue()) {
            if (isMerge(tuple)) {
                merged.add(node(tuple.getValueNode()));
                continue;
            }
            key(tuple).ifPresent(key -> {
                var entry = new YamlNode.Entry(key, line(tuple.getKeyNode()), node(tuple.getValueNode()));
                var earlier = own.putIfAbsent(key, entry);
                if (earlier != null) {
                    report(
                            DiagnosticCode.DUPLICATE_KEY,
                            tuple.getKeyNode(),
                            "the key \"" + key + "\" is already on line " + earlier.line(),
                            "Remove one of the two");
                }
            });
        }
        merged.forEach(m -> merge(m, own, node));
        return new YamlNode.Mapping(line(node), List.copyOf(own.values()));
    }

    private static boolean isMerge(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key
                && key.getValue().equals(MERGE)
                && key.getScalarStyle() == ScalarStyle.PLAIN;
    }

    private void merge(YamlNode value, Map<String, YamlNode.Entry> into, Node at) {
        switch (value) {
            case YamlNode.Mapping m -> m.entries().forEach(e -> into.putIfAbsent(e.key(), e));
            case YamlNode.Sequence s -> s.items().forEach(item -> merge(item, into, at));
            case YamlNode.Scalar s ->
                report(DiagnosticCode.YAML_SYNTAX, at, "<< takes a mapping, not " + s.describe(), "Remove it");
        }
    }

    private Optional<String> key(NodeTuple tuple) {
        if (nodes > MAX_NODES) {
            return Optional.empty();
        }
        if (!(node(tuple.getKeyNode()) instanceof YamlNode.Scalar key)) {
            report(DiagnosticCode.YAML_SYNTAX, tuple.getKeyNode(), "a key must be a text", "Write a plain key");
            return Optional.empty();
        }
        if (key.type() == ScalarType.BOOLEAN || key.type() == ScalarType.NULL) {
            report(
                    DiagnosticCode.NOT_A_STRING,
                    tuple.getKeyNode(),
                    "the key " + (key.text().isEmpty() ? "(empty)" : key.text()) + " is " + key.describe()
                            + " in YAML 1.1",
                    "Quote it: \"" + key.text() + "\"");
            return Optional.empty();
        }
        return Optional.of(key.text());
    }

    private YamlNode scalar(ScalarNode node) {
        return new YamlNode.Scalar(line(node), node.getValue(), type(node));
    }

    private ScalarType type(ScalarNode node) {
        if (node.getScalarStyle() != ScalarStyle.PLAIN && standard(node.getTag())) {
            return node.getTag().equals(Tag.STR) ? ScalarType.STRING : ScalarType.ofPlain(node.getValue());
        }
        if (!standard(node.getTag())) {
            report(
                    DiagnosticCode.YAML_SYNTAX,
                    node,
                    "the tag " + node.getTag().getValue() + " is not allowed",
                    "Remove the tag");
        }
        return ScalarType.ofPlain(node.getValue());
    }

    private static boolean standard(Tag tag) {
        return tag.startsWith(Tag.PREFIX) && !tag.equals(Tag.BINARY);
    }

    private int line(Node node) {
        return node.getStartMark().getLine() + 1 + linesBefore;
    }

    private void report(DiagnosticCode code, Node at, String message, String fix) {
        problems.add(code, new Place(null, new Origin(file, line(at)), ""), message, fix);
    }
}
