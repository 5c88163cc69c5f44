package dev.binnacle.pipeline.trace;

import dev.binnacle.spi.model.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts spans under their parents. Spans come from anywhere, so their parents may be missing, be themselves, or go round in a
 * circle, and a chain may be long: each span is in the result once all the same, and no part of it is deeper than {@value #DEPTH}.
 */
final class SpanTree {
    static final int DEPTH = 100;

    private final Map<String, List<Span>> byParent = new HashMap<>();
    private final Set<String> placed = new HashSet<>();

    private SpanTree(List<Span> spans) {
        for (var span : spans) {
            byParent.computeIfAbsent(span.parentId(), id -> new ArrayList<>()).add(span);
        }
    }

    /**
     * Returns the spans that have no parent here, with all that follows from them. One that began a trace comes before the
     * others.
     *
     * @param spans of one trace, distinct and sorted by time
     */
    static List<SpanNode> of(List<Span> spans) {
        var tree = new SpanTree(spans);
        var ids = new HashSet<String>();
        spans.forEach(span -> ids.add(span.context().spanId()));
        var roots = new ArrayDeque<Span>();
        spans.stream()
                .filter(span -> !ids.contains(span.parentId()))
                .sorted(Comparator.comparing(span -> !span.parentId().isEmpty()))
                .forEach(roots::add);
        var result = new ArrayList<SpanNode>();
        tree.grow(roots, result);
        for (var span : spans) {
            // Left over: a circle, opened where it begins.
            if (!tree.placed.contains(span.context().spanId())) {
                roots.add(span);
                tree.grow(roots, result);
            }
        }
        return result;
    }

    private void grow(ArrayDeque<Span> roots, List<SpanNode> result) {
        while (!roots.isEmpty()) {
            result.add(node(roots.removeFirst(), 1, roots));
        }
    }

    private SpanNode node(Span span, int depth, ArrayDeque<Span> roots) {
        placed.add(span.context().spanId());
        var children = new LinkedHashMap<String, Span>();
        for (var child : byParent.getOrDefault(span.context().spanId(), List.of())) {
            if (!placed.contains(child.context().spanId())) {
                children.put(child.context().spanId(), child);
            }
        }
        if (depth == DEPTH) {
            placed.addAll(children.keySet());
            roots.addAll(children.values());
            return new SpanNode(span, List.of());
        }
        return new SpanNode(
                span,
                children.values().stream()
                        .map(child -> node(child, depth + 1, roots))
                        .toList());
    }
}
