package dev.binnacle.insight.topology;

import dev.binnacle.insight.health.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is asked for by name, and how that went in a window. Everything is sorted.
 *
 * @param at the window's end
 * @param gaps what could not be learned, one sentence each; the rest is right without it
 */
public record Services(Instant at, Duration window, List<String> gaps, List<Service> services) {
    public Services {
        gaps = List.copyOf(gaps);
        services = List.copyOf(services);
    }

    /** Returns whether everything was learned that was asked for. */
    public boolean complete() {
        return gaps.isEmpty();
    }

    /** Returns the service of this name. */
    public Optional<Service> find(String namespace, String name) {
        return services.stream()
                .filter(service ->
                        service.namespace().equals(namespace) && service.name().equals(name))
                .findFirst();
    }

    /**
     * A host that may be asked.
     *
     * @param callers edges to its workloads, or to itself
     * @param calls edges from its workloads
     * @param unknown labels of its metrics that say nothing, and why
     */
    public record Service(
            String namespace,
            String name,
            String host,
            boolean external,
            List<Declared.Port> ports,
            Health health,
            Signals signals,
            List<Version> versions,
            Optional<Comparison> comparison,
            List<Topology.Edge> callers,
            List<Topology.Edge> calls,
            List<Unknown> unknown) {
        public Service {
            ports = List.copyOf(ports);
            versions = List.copyOf(versions);
            callers = List.copyOf(callers);
            calls = List.copyOf(calls);
            unknown = List.copyOf(unknown);
        }

        /** Returns what names it in links. */
        public String id() {
            return "service/" + namespace + "/" + name;
        }
    }

    /**
     * The golden signals; empty where they are not known.
     *
     * @param errorRate the share of failed requests, 0 to 1, as whoever sent them felt it; empty without requests
     */
    public record Signals(
            OptionalDouble requestsPerSecond,
            OptionalDouble errorRate,
            Topology.Latency latency,
            Optional<Topology.Tcp> tcp) {}

    /**
     * A workload behind a service.
     *
     * @param version empty when its pods have no such label
     * @param share of the service's requests that came to it, 0 to 1; empty without requests
     */
    public record Version(
            String version,
            String workload,
            String nodeId,
            OptionalDouble share,
            Health health,
            Signals signals,
            List<Declared.Pod> pods) {
        public Version {
            pods = List.copyOf(pods);
        }
    }

    /**
     * How versions do beside the one that gets most requests.
     *
     * @param sentence all of it in words
     */
    public record Comparison(String sentence, String baseline, List<Compared> others) {
        public Comparison {
            others = List.copyOf(others);
        }
    }

    /** @param errorRate, baselineErrorRate shares of failed requests, 0 to 1 */
    public record Compared(String version, Verdict verdict, double errorRate, double baselineErrorRate) {}

    /** How one version does beside another. */
    public enum Verdict {
        WORSE,
        BETTER,
        /** They do not differ by more than chance explains. */
        ALIKE,
        TOO_FEW
    }

    /**
     * A label that says nothing.
     *
     * @param share of the service's requests, 0 to 1
     * @param reason why, and what to do where something can be done
     */
    public record Unknown(String label, double share, String reason) {}
}
