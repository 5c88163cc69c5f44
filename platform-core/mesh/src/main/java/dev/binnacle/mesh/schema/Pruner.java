package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.yaml.ScalarType;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlNode.Entry;
import dev.binnacle.mesh.yaml.YamlNode.Mapping;
import dev.binnacle.mesh.yaml.YamlNode.Scalar;
import dev.binnacle.mesh.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts out of a document what does not fit its shape, so that the rest can be read: a value that is wrong, and with it
 * whatever cannot be without it.
 */
public final class Pruner {
    private final Set<String> broken;

    /** Cuts out what is at {@code broken} paths, those of the problems that {@link ShapeChecker} reported. */
    public Pruner(Set<String> broken) {
        this.broken = broken;
    }

    /** Returns what is left; empty when nothing can be read at all. */
    public Optional<Mapping> prune(Mapping mapping, Shape shape, Place at) {
        var kept = new ArrayList<Entry>();
        for (var entry : mapping.entries()) {
            var field = shape.field(entry.key());
            var value = field.flatMap(f -> field(entry, f, at));
            value.ifPresent(v -> kept.add(new Entry(entry.key(), entry.line(), v)));
            if (value.isEmpty() && field.filter(Field::required).isPresent()) {
                return Optional.empty();
            }
        }
        return broken.contains(at.path()) ? Optional.empty() : Optional.of(new Mapping(mapping.line(), kept));
    }

    private Optional<YamlNode> field(Entry entry, Field field, Place at) {
        var place = at.field(entry.key(), entry.line());
        if (broken.contains(place.path())) {
            return Optional.empty();
        }
        return field.support() == Support.SUPPORTED && !entry.value().isNull()
                ? value(entry.value(), field.type(), place)
                : Optional.of(entry.value());
    }

    private Optional<YamlNode> value(YamlNode value, FieldType type, Place at) {
        if (broken.contains(at.path())) {
            return Optional.empty();
        }
        return switch (type) {
            case FieldType.Section(Shape shape) ->
                prune((Mapping) value, shape, at).map(YamlNode.class::cast);
            case FieldType.ListOf(FieldType item) -> Optional.of(list((Sequence) value, item, at));
            case FieldType.Labels(boolean wanted) -> Optional.of(map((Mapping) value, FieldType.TEXT, at));
            case FieldType.MapOf(FieldType item) -> Optional.of(map((Mapping) value, item, at));
            default -> Optional.of(value);
        };
    }

    /** A hole stays in the place of an item, so that the others keep their numbers. */
    private Sequence list(Sequence list, FieldType item, Place at) {
        List<YamlNode> items = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i++) {
            var node = list.items().get(i);
            items.add(value(node, item, at.item(i, node.line())).orElse(new Scalar(node.line(), "", ScalarType.NULL)));
        }
        return new Sequence(list.line(), items);
    }

    private Mapping map(Mapping map, FieldType item, Place at) {
        var kept = new ArrayList<Entry>();
        for (var entry : map.entries()) {
            value(entry.value(), item, at.field(entry.key(), entry.line()))
                    .ifPresent(value -> kept.add(new Entry(entry.key(), entry.line(), value)));
        }
        return new Mapping(map.line(), kept);
    }
}
