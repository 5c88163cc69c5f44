package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Staleness;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A batch as a request: its points under metric, scope and resource, and an account of the samples that none was made of. */
final class Message {
    private record Moment(Stream stream, Instant at) {}

    private final Map<Target, Map<Scope, Map<MetricFamily, Metric.Builder>>> resources = new LinkedHashMap<>();
    private final Map<Unsendable, Integer> reasons = new EnumMap<>(Unsendable.class);
    private final Targets targets;
    private String example = "";
    private int points;
    private int samples;

    private Message(Targets targets) {
        this.targets = targets;
    }

    static Message of(List<Sample> batch, Streams streams, Targets targets) {
        var message = new Message(targets);
        var drafts = new LinkedHashMap<Moment, Draft>();
        for (var sample : batch) {
            var part = streams.part(sample.series());
            if (part.stream().isTargetInfo()) {
                learn(part.stream(), sample, targets);
            } else {
                drafts.computeIfAbsent(new Moment(part.stream(), sample.at()), key -> new Draft(key.stream(), key.at()))
                        .add(part, sample.value());
            }
        }
        drafts.values().forEach(message::add);
        return message;
    }

    /** Returns how many points it has. */
    int points() {
        return points;
    }

    /** Returns how many samples its points are made of. */
    int samples() {
        return samples;
    }

    /** Returns how many samples no point could be made of. */
    int unsendable() {
        return reasons.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Returns why, with the number of samples. */
    Map<Unsendable, Integer> reasons() {
        return reasons;
    }

    /** Returns why, in words. */
    String explanation() {
        return unsendable() + " samples are no points of OTLP: " + example;
    }

    ExportMetricsServiceRequest request() {
        var request = ExportMetricsServiceRequest.newBuilder();
        resources.forEach((target, scopes) -> {
            var resource = ResourceMetrics.newBuilder().setResource(targets.resource(target));
            scopes.forEach((scope, metrics) -> {
                var under = ScopeMetrics.newBuilder().setScope(scope.message());
                metrics.values().forEach(under::addMetrics);
                resource.addScopeMetrics(under);
            });
            request.addResourceMetrics(resource);
        });
        return request.build();
    }

    private static void learn(Stream stream, Sample sample, Targets targets) {
        if (Staleness.isMarker(sample.value())) {
            targets.forget(stream.target());
        } else {
            targets.learn(stream.target(), stream.labels());
        }
    }

    private void add(Draft draft) {
        var objection = Points.objection(draft);
        if (objection.isPresent()) {
            reasons.merge(objection.get(), draft.size(), Integer::sum);
            example = draft.stream().family().name() + draft.stream().labels() + ": "
                    + objection.get().help();
            return;
        }
        points += Points.add(draft, metric(draft.stream()));
        samples += draft.size();
    }

    private Metric.Builder metric(Stream stream) {
        return resources
                .computeIfAbsent(stream.target(), target -> new LinkedHashMap<>())
                .computeIfAbsent(stream.scope(), scope -> new LinkedHashMap<>())
                .computeIfAbsent(stream.family(), Message::begun);
    }

    private static Metric.Builder begun(MetricFamily family) {
        String type =
                family.type() == MetricType.UNKNOWN ? "unknown" : family.type().text();
        return Metric.newBuilder()
                .setName(family.name())
                .setDescription(family.help())
                .setUnit(Units.of(family.unit()))
                .addMetadata(Attributes.of("prometheus.type", type));
    }
}
