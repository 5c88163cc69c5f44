package dev.binnacle.app.insight;

import dev.binnacle.insight.series.Chart;
import dev.binnacle.insight.series.Query;
import dev.binnacle.insight.series.Signal;
import dev.binnacle.insight.series.Subject;
import dev.binnacle.insight.topology.Declared;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Charts of signals. Everybody who asks for the same one gets the same one. For any thread. */
@ApplicationScoped
public class Charts {
    private static final int KEPT = 128;

    /** A rate needs a few scrapes. */
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    private final Shared<Asked, Chart> last = new Shared<>(KEPT);
    private final Pictures pictures;
    private final PrometheusClient prometheus;

    /** What a chart is of: one of the three is given. */
    record Of(
            @Nullable String node,
            @Nullable String service,
            @Nullable String edge) {}

    private record Asked(Of of, Signal signal, Steps steps) {}

    Charts(Pictures pictures, PrometheusClient prometheus) {
        this.pictures = pictures;
        this.prometheus = prometheus;
    }

    SeriesView of(Of of, Signal signal, String window, Optional<Instant> end) {
        var steps = Steps.of(Parameters.window(window), end.orElseGet(pictures::lately));
        var declared = pictures.declared();
        var subject = subject(of, declared);
        var chart = last.of(new Asked(of, signal, steps), asked -> draw(subject, asked, declared));
        return SeriesView.of(chart, steps, signal, window);
    }

    private Chart draw(Subject subject, Asked asked, Declared declared) {
        var step = Duration.ofSeconds(asked.steps().seconds());
        var each = step.compareTo(SHORTEST) > 0 ? step : SHORTEST;
        var queries = Query.of(subject, asked.signal(), each.toMillis() + "ms");
        Map<String, String> versions = declared.workloads().stream()
                .collect(Collectors.toMap(
                        workload -> workload.namespace() + "/" + workload.name(),
                        Declared.Workload::version,
                        (first, second) -> first));
        return Chart.of(prometheus.ask(queries, asked.steps()), versions);
    }

    private static Subject subject(Of of, Declared declared) {
        if (Stream.of(of.node(), of.service(), of.edge())
                        .filter(each -> each != null)
                        .count()
                != 1) {
            throw Parameters.badRequest("one of node, service and edge is needed");
        }
        if (of.service() != null) {
            return service(of.service(), declared);
        }
        return of.node() != null ? node(of.node(), declared) : edge(String.valueOf(of.edge()));
    }

    private static Subject service(String name, Declared declared) {
        return declared.services().stream()
                .filter(service -> name.equals(service.namespace() + "/" + service.name()))
                .findFirst()
                .map(service -> Subject.service(service.host()))
                .orElseThrow(() -> Parameters.notFound(
                        "There is no service " + name + ". It is NAMESPACE/NAME; GET /api/v1/services lists all"));
    }

    private static Subject node(String id, Declared declared) {
        boolean gateway = declared.workloads().stream()
                .anyMatch(workload ->
                        workload.gateway() && id.equals("workload/" + workload.namespace() + "/" + workload.name()));
        return Subject.node(id, gateway)
                .orElseThrow(() -> Parameters.notFound("There are no series of " + id
                        + ". It is the id of a node of GET /api/v1/topology, but for unknown, which is nobody"));
    }

    private static Subject edge(String edge) {
        var ends = edge.split(">", -1);
        return Optional.of(ends)
                .filter(both -> both.length == 2)
                .flatMap(both -> Subject.edge(both[0], both[1]))
                .orElseThrow(() -> Parameters.notFound("There are no series of " + edge
                        + ". It is SOURCE>TARGET, as edges of GET /api/v1/topology have them"));
    }
}
