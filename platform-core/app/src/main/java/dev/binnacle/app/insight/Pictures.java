package dev.binnacle.app.insight;

import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.insight.health.HealthRule;
import dev.binnacle.insight.health.Thresholds;
import dev.binnacle.insight.topology.Answers;
import dev.binnacle.insight.topology.Declared;
import dev.binnacle.insight.topology.Question;
import dev.binnacle.insight.topology.Services;
import dev.binnacle.insight.topology.ServicesBuilder;
import dev.binnacle.insight.topology.Topology;
import dev.binnacle.insight.topology.TopologyBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the metrics say of the mesh. Everybody who asks for the same time and window within a few seconds gets the same: twenty viewers
 * cost Prometheus no more than one. For any thread.
 */
@ApplicationScoped
public class Pictures {
    private static final int KEPT = 32;

    private record Asked(Instant at, Duration window) {}

    /** Two views of the same answers. */
    record Picture(Topology topology, Services services) {}

    private final Shared<Asked, Picture> last = new Shared<>(KEPT);
    private final DeclaredMesh mesh;
    private final PrometheusClient prometheus;
    private final TopologyBuilder topologies;
    private final ServicesBuilder services;
    private final Duration keep;

    @Inject
    Pictures(MeshRuntime mesh, PrometheusClient prometheus, InsightConfig config) {
        this(() -> mesh.controller().state(), prometheus, config);
    }

    Pictures(Supplier<MeshState> mesh, PrometheusClient prometheus, InsightConfig config) {
        this.mesh = new DeclaredMesh(mesh);
        this.prometheus = prometheus;
        this.keep = config.keep();
        var rule = new HealthRule(new Thresholds(config.degraded(), config.failing(), config.enough()));
        this.topologies = new TopologyBuilder(rule);
        this.services = new ServicesBuilder(rule);
    }

    /**
     * Returns the picture of a window.
     *
     * @param end of the window; now when empty
     */
    Picture of(Duration window, Optional<Instant> end) {
        return last.of(new Asked(end.orElseGet(this::lately), window), this::build);
    }

    /** The beginning of the short while that one answer serves. */
    Instant lately() {
        long step = Math.max(1, keep.toMillis());
        return Instant.ofEpochMilli(Math.floorDiv(System.currentTimeMillis(), step) * step);
    }

    /** Returns what is declared, without what is true of now only. */
    Declared declared() {
        return mesh.lasting();
    }

    private Picture build(Asked asked) {
        String window = asked.window().toMillis() + "ms";
        var queries = Stream.of(Question.values())
                .collect(Collectors.toMap(question -> question, question -> question.promql(window)));
        var answers = new Answers(prometheus.ask(queries, asked.at()));
        var declared = declared(asked.at());
        var topology = topologies.build(asked.at(), asked.window(), answers, declared);
        return new Picture(topology, services.build(topology, answers, declared));
    }

    /** Which pods are ready is known of now only. */
    private Declared declared(Instant at) {
        return at.isAfter(Instant.now().minus(keep.multipliedBy(2))) ? mesh.now() : mesh.lasting();
    }
}
