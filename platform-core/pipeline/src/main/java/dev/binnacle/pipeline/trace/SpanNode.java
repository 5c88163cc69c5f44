package dev.binnacle.pipeline.trace;

import dev.binnacle.spi.model.Span;
import java.util.List;

/**
 * A span with what it caused, the earliest first.
 *
 * @param children at most {@value SpanTree#DEPTH} deep
 */
public record SpanNode(Span span, List<SpanNode> children) {
    public SpanNode {
        children = List.copyOf(children);
    }
}
