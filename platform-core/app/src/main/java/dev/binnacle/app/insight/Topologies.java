package dev.binnacle.app.insight;

import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.insight.health.HealthRule;
import dev.binnacle.insight.health.Thresholds;
import dev.binnacle.insight.topology.Answers;
import dev.binnacle.insight.topology.Declared;
import dev.binnacle.insight.topology.Question;
import dev.binnacle.insight.topology.Topology;
import dev.binnacle.insight.topology.TopologyBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Topologies of the mesh. Everybody who asks for the same one within a few seconds gets the same one: twenty viewers cost
 * Prometheus no more than one. For any thread.
 */
@ApplicationScoped
public class Topologies {
    private static final int KEPT = 32;

    private record Asked(Instant at, Duration window) {}

    private final Supplier<MeshState> mesh;
    private final PrometheusClient prometheus;
    private final TopologyBuilder builder;
    private final Duration keep;

    /** The last ones, the oldest first; guarded by itself. */
    private final Map<Asked, CompletableFuture<Topology>> last = new LinkedHashMap<>();

    @Inject
    Topologies(MeshRuntime mesh, PrometheusClient prometheus, InsightConfig config) {
        this(() -> mesh.controller().state(), prometheus, config);
    }

    Topologies(Supplier<MeshState> mesh, PrometheusClient prometheus, InsightConfig config) {
        this.mesh = mesh;
        this.prometheus = prometheus;
        this.keep = config.keep();
        this.builder = new TopologyBuilder(
                new HealthRule(new Thresholds(config.degraded(), config.failing(), config.enough())));
    }

    /**
     * Returns the topology of a window.
     *
     * @param end of the window; now when empty
     */
    Topology of(Duration window, Optional<Instant> end) {
        var asked = new Asked(end.orElseGet(this::lately), window);
        var mine = new CompletableFuture<Topology>();
        var theirs = offer(asked, mine);
        if (theirs.isPresent()) {
            return theirs.get().join();
        }
        try {
            mine.complete(build(asked));
        } catch (RuntimeException | Error e) {
            forget(asked);
            mine.completeExceptionally(e);
        }
        return mine.join();
    }

    /** The beginning of the short while that one answer serves. */
    private Instant lately() {
        long step = Math.max(1, keep.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(System.currentTimeMillis(), step) * step);
    }

    private Optional<CompletableFuture<Topology>> offer(Asked asked, CompletableFuture<Topology> mine) {
        synchronized (last) {
            var theirs = last.putIfAbsent(asked, mine);
            if (last.size() > KEPT) {
                last.remove(last.keySet().iterator().next());
            }
            return Optional.ofNullable(theirs);
        }
    }

    private void forget(Asked asked) {
        synchronized (last) {
            last.remove(asked);
        }
    }

    private Topology build(Asked asked) {
        String window = asked.window().toMillis() + "ms";
        var queries = Stream.of(Question.values())
                .collect(Collectors.toMap(question -> question, question -> question.promql(window)));
        return builder.build(
                asked.at(), asked.window(), new Answers(prometheus.ask(queries, asked.at())), declared(asked.at()));
    }

    /** Which pods are ready is known of now only. */
    private Declared declared(Instant at) {
        var declared = new DeclaredMesh(mesh.get());
        return at.isAfter(Instant.now().minus(keep.multipliedBy(2))) ? declared.now() : declared.lasting();
    }
}
