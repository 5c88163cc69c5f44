package dev.binnacle.pipeline.trace;

import dev.binnacle.spi.model.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the last traces. When there is no more room, the trace whose last span came longest ago goes.
 *
 * <p>May be used by several threads at once.
 */
public final class TraceStore {
    /** The spans of one trace by their ids, in the order they came. */
    private static final class Kept {
        final Map<String, Span> spans = new LinkedHashMap<>();
        long bytes;
    }

    private final TraceLimits limits;
    /** The one that got a span last comes last. */
    private final LinkedHashMap<String, Kept> traces = new LinkedHashMap<>();

    private long spans;
    private long bytes;
    private long received;
    private long repeated;
    private long dropped;
    private long evictedTraces;
    private long evictedSpans;

    public TraceStore(TraceLimits limits) {
        this.limits = limits;
    }

    /** Keeps these spans; one that is known already is replaced. */
    public synchronized void add(List<Span> more) {
        more.forEach(this::add);
    }

    /** Returns the newest traces that {@code query} is about, those that began last first. */
    public List<Trace> find(TraceQuery query) {
        return all().stream()
                .map(Trace::of)
                .filter(query::matches)
                .sorted(Comparator.comparing(Trace::start).reversed().thenComparing(Trace::id))
                .limit(query.limit())
                .toList();
    }

    /** Returns one trace; empty when it never came or has made room for others. */
    public Optional<Trace> trace(String id) {
        return copy(id).map(Trace::of);
    }

    /** Returns the account. */
    public synchronized TraceStats stats() {
        return new TraceStats(traces.size(), spans, bytes, received, repeated, dropped, evictedTraces, evictedSpans);
    }

    private synchronized List<List<Span>> all() {
        var copies = new ArrayList<List<Span>>(traces.size());
        traces.forEach((id, kept) -> copies.add(List.copyOf(kept.spans.values())));
        return copies;
    }

    private synchronized Optional<List<Span>> copy(String id) {
        return Optional.ofNullable(traces.get(id)).map(kept -> List.copyOf(kept.spans.values()));
    }

    private void add(Span span) {
        received++;
        long weight = SpanWeight.of(span);
        if (weight > limits.bytes()) {
            dropped++;
            return;
        }
        var kept = touched(span.context().traceId());
        var known = kept.spans.get(span.context().spanId());
        if (known == null && kept.spans.size() >= limits.spansOfTrace()) {
            dropped++;
            return;
        }
        put(kept, span, known == null ? weight : weight - SpanWeight.of(known));
        if (known == null) {
            spans++;
        } else {
            repeated++;
        }
        makeRoom();
    }

    /** Returns the trace, which is the newest now. */
    private Kept touched(String id) {
        var known = traces.get(id);
        var kept = known == null ? new Kept() : known;
        traces.putLast(id, kept);
        return kept;
    }

    private void put(Kept kept, Span span, long growth) {
        kept.spans.put(span.context().spanId(), span);
        kept.bytes += growth;
        bytes += growth;
    }

    private void makeRoom() {
        while (traces.size() > limits.traces() || bytes > limits.bytes()) {
            var eldest = traces.pollFirstEntry().getValue();
            bytes -= eldest.bytes;
            spans -= eldest.spans.size();
            evictedTraces++;
            evictedSpans += eldest.spans.size();
        }
    }
}
