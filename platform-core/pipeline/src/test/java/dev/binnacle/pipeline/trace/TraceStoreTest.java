package dev.binnacle.pipeline.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.SpanContext;
import dev.binnacle.spi.model.SpanKind;
import dev.binnacle.spi.model.SpanStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceStoreTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final TraceQuery ALL = new TraceQuery(Optional.empty(), Optional.empty(), Optional.empty(), 1_000);

    @Test
    void theTraceThatGotNothingForLongestMakesRoom() {
        var store = new TraceStore(new TraceLimits(2, 1_000_000, 100));

        store.add(List.of(span(1, 1, 0), span(2, 1, 0), span(1, 2, 1), span(3, 1, 0)));

        assertThat(store.trace(trace(2))).isEmpty();
        assertThat(store.find(ALL)).extracting(Trace::id).containsExactlyInAnyOrder(trace(1), trace(3));
        assertThat(store.stats()).satisfies(stats -> {
            assertThat(stats.evictedTraces()).isEqualTo(1);
            assertThat(stats.spans()).isEqualTo(3);
        });
    }

    @Test
    void bytesAreBoundedWhateverComes() {
        var store = new TraceStore(new TraceLimits(1_000_000, 100_000, 50));
        var random = new Random(7);

        for (int i = 0; i < 20_000; i++) {
            store.add(List.of(span(1 + random.nextInt(500), 1 + random.nextInt(80), random.nextInt(80))));
            assertThat(store.stats().bytes()).isLessThanOrEqualTo(100_000);
        }

        var stats = store.stats();
        assertThat(stats.received())
                .isEqualTo(stats.spans() + stats.evictedSpans() + stats.repeated() + stats.dropped());
        assertThat(stats.spans())
                .isEqualTo(store.find(ALL).stream()
                        .mapToInt(trace -> trace.spans().size())
                        .sum());
        assertThat(stats.bytes())
                .isEqualTo(store.find(ALL).stream()
                        .flatMap(trace -> trace.spans().stream())
                        .mapToLong(SpanWeight::of)
                        .sum());
    }

    @Test
    void aSpanThatComesTwiceIsOne() {
        var store = new TraceStore(new TraceLimits(10, 1_000_000, 100));

        store.add(List.of(span(1, 1, 0)));
        store.add(List.of(span(1, 1, 0)));

        assertThat(store.trace(trace(1)).orElseThrow().spans()).hasSize(1);
        assertThat(store.stats().repeated()).isEqualTo(1);
    }

    @Test
    void oneTraceCannotTakeEverything() {
        var store = new TraceStore(new TraceLimits(10, 1_000_000, 3));
        var large = new Span(
                new SpanContext(trace(2), id(1)),
                "",
                SpanKind.SERVER,
                "x".repeat(600_000),
                BEGIN,
                Duration.ZERO,
                SpanStatus.UNSET,
                Map.of(),
                List.of(),
                List.of(),
                Map.of());

        store.add(IntStream.rangeClosed(1, 9).mapToObj(i -> span(1, i, 0)).toList());
        store.add(List.of(large));

        assertThat(store.trace(trace(1)).orElseThrow().spans()).hasSize(3);
        assertThat(store.trace(trace(2))).isEmpty();
        assertThat(store.stats().dropped()).isEqualTo(7);
    }

    @Test
    void tracesAreFoundByServiceTimeAndFailure() {
        var store = new TraceStore(new TraceLimits(10, 1_000_000, 100));
        store.add(List.of(span(1, 1, 0), failed(1, 2, 1), span(2, 1, 0)));

        assertThat(ids(store, new TraceQuery(Optional.of("service-2"), Optional.empty(), Optional.empty(), 9)))
                .containsExactly(trace(1));
        assertThat(ids(store, new TraceQuery(Optional.of("nobody"), Optional.empty(), Optional.empty(), 9)))
                .isEmpty();
        assertThat(ids(store, new TraceQuery(Optional.empty(), Optional.empty(), Optional.of(false), 9)))
                .containsExactly(trace(2));
        assertThat(ids(
                        store,
                        new TraceQuery(Optional.empty(), Optional.of(Duration.ofMillis(11)), Optional.empty(), 9)))
                .containsExactly(trace(1));
        assertThat(ids(store, new TraceQuery(Optional.empty(), Optional.empty(), Optional.empty(), 1)))
                .hasSize(1);
    }

    @Test
    void spansAreUnderWhatCausedThemInWhateverOrderTheyCame() {
        var spans = new ArrayList<>(List.of(span(1, 1, 0), span(1, 2, 1), span(1, 3, 2), span(1, 4, 1)));
        for (int i = 0; i < 20; i++) {
            Collections.shuffle(spans, new Random(i));
            var store = new TraceStore(new TraceLimits(10, 1_000_000, 100));
            store.add(spans);
            assertThat(drawn(store.trace(trace(1)).orElseThrow().tree())).isEqualTo("1(2(3) 4)");
        }
    }

    @Test
    void aMissingParentACircleAndOneThatIsItsOwnParentAreRootsToo() {
        var store = new TraceStore(new TraceLimits(10, 1_000_000, 100));
        store.add(List.of(span(1, 2, 99), span(1, 3, 2), span(1, 5, 6), span(1, 6, 5), span(1, 7, 7), span(1, 9, 0)));

        var tree = store.trace(trace(1)).orElseThrow();

        assertThat(tree.root().context().spanId()).isEqualTo(id(9));
        assertThat(drawn(tree.tree())).isEqualTo("9 2(3) 5(6) 7");
    }

    @Test
    void aLongChainIsCutIntoSeveralAndNothingIsLost() {
        var store = new TraceStore(new TraceLimits(10, 10_000_000, 2_000));
        store.add(
                IntStream.rangeClosed(1, 2_000).mapToObj(i -> span(1, i, i - 1)).toList());

        var roots = store.trace(trace(1)).orElseThrow().tree();

        assertThat(roots).hasSize(2_000 / SpanTree.DEPTH);
        assertThat(roots.stream().flatMap(TraceStoreTest::all)).hasSize(2_000);
    }

    private static Stream<SpanNode> all(SpanNode node) {
        return Stream.concat(Stream.of(node), node.children().stream().flatMap(TraceStoreTest::all));
    }

    private static List<String> ids(TraceStore store, TraceQuery query) {
        return store.find(query).stream().map(Trace::id).toList();
    }

    private static String drawn(List<SpanNode> nodes) {
        return String.join(
                " ",
                nodes.stream()
                        .map(node -> Long.parseLong(node.span().context().spanId(), 16)
                                + (node.children().isEmpty() ? "" : "(" + drawn(node.children()) + ")"))
                        .toList());
    }

    private static Span span(int trace, int span, int parent) {
        return span(trace, span, parent, SpanStatus.UNSET);
    }

    private static Span failed(int trace, int span, int parent) {
        return span(trace, span, parent, new SpanStatus(SpanStatus.Code.ERROR, "no"));
    }

    private static Span span(int trace, int span, int parent, SpanStatus status) {
        return new Span(
                new SpanContext(trace(trace), id(span)),
                parent == 0 ? "" : id(parent),
                SpanKind.INTERNAL,
                "span " + span,
                BEGIN.plusMillis(span),
                Duration.ofMillis(10),
                status,
                Map.of("n", Integer.toString(span)),
                List.of(),
                List.of(),
                Map.of("service.name", "service-" + span));
    }

    private static String trace(int number) {
        return "%032x".formatted(number);
    }

    private static String id(int number) {
        return "%016x".formatted(number);
    }
}
