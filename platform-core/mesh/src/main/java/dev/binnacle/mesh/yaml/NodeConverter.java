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
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Turns one composed document into {@link YamlNode}s: expands aliases within limits, merges, refuses duplicate keys. */
final class NodeConverter {
    private static final int MAX_NODES = 100_000;
    private static final String MERGE = "<<";
    private static final Resolver RESOLVER = new Resolver();
    private static final Set<Tag> SCALARS =
            Set.of(Tag.STR, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.NULL, Tag.TIMESTAMP, Tag.MERGE);

    private final String file;
    private final int linesBefore;
    private final Problems problems;
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;
    private boolean tooDeep;

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
        if (open.size() > YamlParser.MAX_DEPTH) {
            reportDepth(node);
            open.remove(node);
            return nothing;
        }
        try {
            return switch (node) {
                case MappingNode mapping -> mapping(mapping);
                case SequenceNode sequence -> sequence(sequence);
                case ScalarNode scalar -> scalar(scalar);
                default -> nothing;
            };
        } finally {
            open.remove(node);
        }
    }

    /** Aliases within aliases go deeper than what is written. */
    private void reportDepth(Node at) {
        if (!tooDeep) {
            tooDeep = true;
            report(
                    DiagnosticCode.LIMIT,
                    at,
                    "mappings and lists are nested more than " + YamlParser.MAX_DEPTH + " deep",
                    "Write it flatter");
        }
    }

    private YamlNode sequence(SequenceNode node) {
        checkTag(node, Tag.SEQ);
        return new YamlNode.Sequence(
                line(node), node.getValue().stream().map(this::node).toList());
    }

    private YamlNode mapping(MappingNode node) {
        checkTag(node, Tag.MAP);
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
        if (!SCALARS.contains(node.getTag())) {
            reportTag(node);
        }
        return node.getTag().equals(Tag.STR) && (isQuoted(node) || isTagged(node))
                ? ScalarType.STRING
                : ScalarType.ofPlain(node.getValue());
    }

    private static boolean isQuoted(ScalarNode node) {
        return node.getScalarStyle() != ScalarStyle.PLAIN;
    }

    /** Tells whether the type of a plain scalar was written before it, as in {@code !!str 1}. */
    private static boolean isTagged(ScalarNode node) {
        return !RESOLVER.resolve(NodeId.scalar, node.getValue(), true).equals(node.getTag());
    }

    private void checkTag(Node node, Tag usual) {
        if (!node.getTag().equals(usual)) {
            reportTag(node);
        }
    }

    private void reportTag(Node node) {
        report(
                DiagnosticCode.YAML_SYNTAX,
                node,
                "the tag " + node.getTag().getValue() + " is not allowed",
                "Remove the tag");
    }

    private int line(Node node) {
        return node.getStartMark().getLine() + 1 + linesBefore;
    }

    private void report(DiagnosticCode code, Node at, String message, String fix) {
        problems.add(code, new Place(null, new Origin(file, line(at)), ""), message, fix);
    }
}
