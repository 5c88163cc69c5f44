package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A mapping that {@link ShapeChecker} has found to fit its shape, for reading. A value that is absent, or does not fit,
 * reads as empty; the checker has reported the latter.
 */
public record Section(YamlNode.Mapping node, Place place) {

    /** Returns the text of {@code field}. */
    public Optional<String> text(String field) {
        return node.get(field).flatMap(Section::scalar);
    }

    /** Returns the number of {@code field}; empty when it does not fit into 31 bits. */
    public Optional<Integer> number(String field) {
        return text(field)
                .flatMap(Scalars::whole)
                .filter(number -> number == number.intValue())
                .map(Long::intValue);
    }

    /** Returns the number of {@code field}, whole or not. */
    public Optional<Double> decimal(String field) {
        return text(field).flatMap(Scalars::decimal);
    }

    /** Returns the truth of {@code field}. */
    public Optional<Boolean> flag(String field) {
        return text(field).map(Scalars::truth);
    }

    /** Returns the duration of {@code field}. */
    public Optional<Duration> duration(String field) {
        return text(field).flatMap(Scalars::duration);
    }

    /** Returns the mapping of {@code field}. */
    public Optional<Section> section(String field) {
        return node.get(field)
                .flatMap(value -> value instanceof YamlNode.Mapping m
                        ? Optional.of(new Section(m, placeOf(field)))
                        : Optional.empty());
    }

    /** Returns the mappings in the list of {@code field}. */
    public List<Section> sections(String field) {
        var result = new ArrayList<Section>();
        var list = placeOf(field);
        var items = items(field);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof YamlNode.Mapping m) {
                result.add(new Section(m, list.item(i, m.line())));
            }
        }
        return List.copyOf(result);
    }

    /** Returns the texts in the list of {@code field}, each with its place. */
    public List<Placed> texts(String field) {
        var result = new ArrayList<Placed>();
        var list = placeOf(field);
        var items = items(field);
        for (int i = 0; i < items.size(); i++) {
            int index = i;
            scalar(items.get(i))
                    .ifPresent(text -> result.add(
                            new Placed(text, list.item(index, items.get(index).line()))));
        }
        return List.copyOf(result);
    }

    /** Returns the text of {@code field} with its place. */
    public Optional<Placed> placed(String field) {
        return text(field).map(text -> new Placed(text, placeOf(field)));
    }

    /** Returns the texts by name of {@code field}, sorted by name. */
    public Map<String, String> map(String field) {
        var result = new TreeMap<String, String>();
        section(field)
                .ifPresent(s -> s.node()
                        .entries()
                        .forEach(e -> scalar(e.value()).ifPresent(text -> result.put(e.key(), text))));
        return Collections.unmodifiableMap(result);
    }

    /** Returns the mappings by name of {@code field}, in the order written. */
    public List<Named> named(String field) {
        return section(field)
                .map(s -> s.node().entries().stream()
                        .filter(e -> e.value() instanceof YamlNode.Mapping)
                        .map(e -> new Named(
                                e.key(),
                                new Section(
                                        (YamlNode.Mapping) e.value(), s.place().field(e.key(), e.line()))))
                        .toList())
                .orElse(List.of());
    }

    /** Tells whether {@code field} is there and not null. */
    public boolean has(String field) {
        return node.get(field).isPresent();
    }

    /** Returns the place of {@code field}, or of this mapping when the field is absent. */
    public Place placeOf(String field) {
        return node.entries().stream()
                .filter(e -> e.key().equals(field))
                .findFirst()
                .map(e -> place.field(field, e.line()))
                .orElse(place);
    }

    private List<YamlNode> items(String field) {
        return node.get(field)
                .flatMap(v -> v instanceof YamlNode.Sequence s ? Optional.of(s.items()) : Optional.empty())
                .orElse(List.of());
    }

    private static Optional<String> scalar(YamlNode node) {
        return node instanceof YamlNode.Scalar s && !s.isNull() ? Optional.of(s.text()) : Optional.empty();
    }

    /** A text with its place. */
    public record Placed(String text, Place place) {}

    /** A section under a free name. */
    public record Named(String name, Section section) {}
}
