package dev.binnacle.mesh.kubernetes;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the application's container: ports, environment, probes. */
final class ContainerReader {
    /** Ports that the sidecar and its agent use themselves (facts F9). */
    private static final Set<Integer> RESERVED =
            Set.of(15000, 15001, 15004, 15006, 15008, 15010, 15012, 15014, 15020, 15021, 15053, 15090);

    private final Problems problems;

    ContainerReader(Problems problems) {
        this.problems = problems;
    }

    Optional<Workload.Container> read(Section container) {
        int before = problems.errors();
        var ports = ports(container);
        var result = new Workload.Container(
                container.text("name").orElse(""),
                ports,
                env(container),
                probe(container, "readinessProbe", ports),
                probe(container, "livenessProbe", ports),
                probe(container, "startupProbe", ports));
        return problems.errors() == before ? Optional.of(result) : Optional.empty();
    }

    private List<Workload.Port> ports(Section container) {
        var result = new ArrayList<Workload.Port>();
        var numbers = new HashSet<Integer>();
        var names = new HashSet<String>();
        for (var port : container.sections("ports")) {
            if (!port.text("protocol").orElse("TCP").equals("TCP")) {
                continue;
            }
            int number = port.number("containerPort").orElseThrow();
            String name = port.text("name").orElse(String.valueOf(number));
            checkReserved(number, port.placeOf("containerPort"));
            if (!numbers.add(number) || !names.add(name)) {
                problems.add(
                        DiagnosticCode.DUPLICATE_PORT,
                        port.place(),
                        "the container already has a port " + name + " or " + number,
                        "Give each container port its own number and name");
                continue;
            }
            result.add(new Workload.Port(name, number));
        }
        return List.copyOf(result);
    }

    private void checkReserved(int number, Place at) {
        if (RESERVED.contains(number)) {
            problems.add(
                    DiagnosticCode.RESERVED_PORT,
                    at,
                    "the sidecar uses port " + number + " itself",
                    "Let the application listen on another port");
        }
    }

    /** Values from fields are written as Kubernetes' dependent variables are: {@code $(fieldRef:status.podIP)}. */
    private static Map<String, String> env(Section container) {
        var result = new TreeMap<String, String>();
        for (var variable : container.sections("env")) {
            String name = variable.text("name").orElseThrow();
            var source = variable.section("valueFrom");
            if (source.isEmpty()) {
                result.put(name, variable.text("value").orElse(""));
                continue;
            }
            source.get()
                    .section("fieldRef")
                    .flatMap(f -> f.text("fieldPath"))
                    .ifPresent(path -> result.put(name, "$(fieldRef:" + path + ")"));
        }
        return Collections.unmodifiableMap(result);
    }

    private Workload.@Nullable Probe probe(Section container, String field, List<Workload.Port> ports) {
        var probe = container.section(field);
        if (probe.isEmpty()) {
            return null;
        }
        for (var kind :
                Map.of("httpGet", "http", "tcpSocket", "tcp", "grpc", "grpc").entrySet()) {
            var action = probe.get().section(kind.getKey());
            if (action.isPresent()) {
                return probe(probe.get(), action.get(), kind.getValue(), ports);
            }
        }
        return null;
    }

    private Workload.@Nullable Probe probe(Section probe, Section action, String kind, List<Workload.Port> ports) {
        if (action.text("scheme").orElse("HTTP").equals("HTTPS")) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    action.placeOf("scheme"),
                    "probes by HTTPS are not supported",
                    "Use HTTP");
            return null;
        }
        var port = portNumber(action, ports);
        return port.map(number -> new Workload.Probe(
                        kind,
                        number,
                        kind.equals("http") ? action.text("path").orElse("/") : null,
                        probe.number("initialDelaySeconds").orElse(0),
                        probe.number("periodSeconds").orElse(10),
                        probe.number("timeoutSeconds").orElse(1),
                        probe.number("failureThreshold").orElse(3),
                        probe.number("successThreshold").orElse(1)))
                .orElse(null);
    }

    private Optional<Integer> portNumber(Section action, List<Workload.Port> ports) {
        String written = action.text("port").orElseThrow();
        if (written.chars().allMatch(Character::isDigit)) {
            return action.number("port");
        }
        var found = ports.stream().filter(p -> p.name().equals(written)).findFirst();
        if (found.isEmpty()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_TARGET_PORT,
                    action.placeOf("port"),
                    "the container has no port named \"" + written + "\"",
                    "Use a containerPort's name or a number");
        }
        return found.map(Workload.Port::number);
    }
}
