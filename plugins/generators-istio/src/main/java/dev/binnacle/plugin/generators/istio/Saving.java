package dev.binnacle.plugin.generators.istio;

import static dev.binnacle.plugin.generators.istio.IstioYaml.map;

import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.ir.StandardLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something to go without.
 *
 * @param side {@code CLIENT}, {@code SERVER} or {@code CLIENT_AND_SERVER}
 * @param metrics of which
 * @param labels what is removed; empty when the metrics are switched off
 * @param lost what nobody can ask any more
 */
record Saving(String side, List<Metric> metrics, List<String> labels, String lost) {
    private static final String CLIENT = "CLIENT";
    private static final String SERVER = "SERVER";
    private static final String BOTH = "CLIENT_AND_SERVER";
    private static final List<Metric> SIZES = List.of(Metric.REQUEST_SIZE, Metric.RESPONSE_SIZE);
    private static final List<Metric> DURATION = List.of(Metric.REQUEST_DURATION);
    private static final List<String> DETAILS = List.of("response_flags", "grpc_response_status");
    private static final List<String> CALLER = StandardLabels.IN_ORDER.stream()
            .filter(label -> label.startsWith("source_"))
            .toList();

    /** What is missed least comes first. */
    static final List<Saving> IN_ORDER = List.of(
            off(CLIENT, SIZES, "sizes as callers see them; servers still tell theirs"),
            off(SERVER, SIZES, "sizes of requests and answers"),
            new Saving(BOTH, DURATION, DETAILS, "latency by flags and by gRPC status; by response code it stays"),
            new Saving(SERVER, DURATION, CALLER, "the servers' latency by caller; the callers' own stays"),
            new Saving(BOTH, DURATION, List.of("response_code"), "latency by response code"),
            off(CLIENT, DURATION, "latency as callers feel it; the servers' stays"),
            new Saving(
                    BOTH,
                    List.of(Metric.REQUEST_COUNT),
                    DETAILS,
                    "why requests failed: no connection, timeout, breaker; failures of gRPC"));

    private static Saving off(String side, List<Metric> metrics, String lost) {
        return new Saving(side, metrics, List.of(), lost);
    }

    /** Returns this without what must stay; empty when nothing is left of it. */
    Optional<Saving> without(List<String> keep) {
        var fewer = metrics.stream()
                .filter(metric -> !labels.isEmpty() || !keep.contains(metric.series()))
                .toList();
        var rest = labels.stream().filter(label -> !keep.contains(label)).toList();
        return fewer.isEmpty() || rest.isEmpty() != labels.isEmpty()
                ? Optional.empty()
                : Optional.of(new Saving(side, fewer, rest, lost));
    }

    /** Returns it as Telemetry has it. */
    List<Map<String, Object>> overrides() {
        var overrides = new ArrayList<Map<String, Object>>();
        for (Metric metric : metrics) {
            var override = map("match", map("metric", metric.name(), "mode", side));
            if (labels.isEmpty()) {
                override.put("disabled", true);
            } else {
                var tags = map();
                labels.forEach(label -> tags.put(label, map("operation", "REMOVE")));
                override.put("tagOverrides", tags);
            }
            overrides.add(override);
        }
        return overrides;
    }
}
