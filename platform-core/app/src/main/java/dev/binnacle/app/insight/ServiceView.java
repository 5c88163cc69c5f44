package dev.binnacle.app.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.app.insight.TopologyView.HealthView;
import dev.binnacle.app.insight.TopologyView.LatencyView;
import dev.binnacle.insight.topology.Declared;
import dev.binnacle.insight.topology.Services;
import dev.binnacle.insight.topology.Topology;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One service in the API. What is not known is null, never 0.
 *
 * @param complete whether everything was learned that was asked for
 * @param gaps what could not be learned, one sentence each
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ServiceView(
        Instant at,
        String window,
        boolean complete,
        List<String> gaps,
        String id,
        String namespace,
        String name,
        String host,
        boolean external,
        List<Declared.Port> ports,
        HealthView health,
        SignalsView signals,
        List<VersionView> versions,
        Optional<ComparisonView> comparison,
        List<TopologyView.Edge> callers,
        List<TopologyView.Edge> calls,
        List<SloView> slos,
        List<AlertView> alerts,
        List<Services.Unknown> unknown) {
    /** All services. */
    public record Listing(Instant at, String window, boolean complete, List<String> gaps, List<Entry> services) {}

    /**
     * A service among others.
     *
     * @param versions that its pods have labels for
     * @param alerts how many fire for it and its workloads; null when it is not known
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Entry(
            String id,
            String namespace,
            String name,
            String host,
            boolean external,
            HealthView health,
            SignalsView signals,
            List<String> versions,
            OptionalInt alerts) {
        static Entry of(Services.Service service, OptionalInt alerts) {
            return new Entry(
                    service.id(),
                    service.namespace(),
                    service.name(),
                    service.host(),
                    service.external(),
                    HealthView.of(service.health()),
                    SignalsView.of(service.signals()),
                    service.versions().stream()
                            .map(Services.Version::version)
                            .filter(version -> !version.isEmpty())
                            .distinct()
                            .toList(),
                    alerts);
        }
    }

    /** The golden signals. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SignalsView(
            OptionalDouble requestsPerSecond,
            OptionalDouble errorRate,
            LatencyView latencyMs,
            Optional<Topology.Tcp> tcp) {
        static SignalsView of(Services.Signals signals) {
            return new SignalsView(
                    signals.requestsPerSecond(), signals.errorRate(), LatencyView.of(signals.latency()), signals.tcp());
        }
    }

    /**
     * A workload behind the service.
     *
     * @param workload its namespace and name
     * @param nodeId names it in the topology
     * @param share of the service's requests, 0 to 1
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record VersionView(
            String version,
            String workload,
            String nodeId,
            OptionalDouble share,
            HealthView health,
            SignalsView signals,
            List<Declared.Pod> pods) {
        static VersionView of(Services.Version version) {
            return new VersionView(
                    version.version(),
                    version.workload(),
                    version.nodeId(),
                    version.share(),
                    HealthView.of(version.health()),
                    SignalsView.of(version.signals()),
                    version.pods());
        }
    }

    /** @param baseline the version with most requests */
    public record ComparisonView(String sentence, String baseline, List<ComparedView> others) {
        static ComparisonView of(Services.Comparison comparison) {
            return new ComparisonView(
                    comparison.sentence(),
                    comparison.baseline(),
                    comparison.others().stream().map(ComparedView::of).toList());
        }
    }

    /** @param verdict worse, better, alike or too-few */
    public record ComparedView(String version, String verdict, double errorRate, double baselineErrorRate) {
        static ComparedView of(Services.Compared compared) {
            return new ComparedView(
                    compared.version(),
                    TopologyView.word(compared.verdict()),
                    compared.errorRate(),
                    compared.baselineErrorRate());
        }
    }

    static ServiceView of(
            Services all,
            Services.Service service,
            String window,
            List<String> gaps,
            List<SloView> slos,
            List<AlertView> alerts) {
        return new ServiceView(
                all.at(),
                window,
                gaps.isEmpty(),
                gaps,
                service.id(),
                service.namespace(),
                service.name(),
                service.host(),
                service.external(),
                service.ports(),
                HealthView.of(service.health()),
                SignalsView.of(service.signals()),
                service.versions().stream().map(VersionView::of).toList(),
                service.comparison().map(ComparisonView::of),
                service.callers().stream().map(TopologyView.Edge::of).toList(),
                service.calls().stream().map(TopologyView.Edge::of).toList(),
                slos,
                alerts,
                service.unknown());
    }
}
