package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.istio.CallerMatch;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.topology.Pod;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a rule that are about who sends a request, not about the request. */
public final class CallerConditions {
    private CallerConditions() {}

    /**
     * Returns what keeps {@code match} of a rule for requests from a proxy, a reason each; empty when the proxy gets it.
     *
     * @param gateway {@code mesh} or {@code namespace/name} of a Gateway
     * @param port the port that clients call
     */
    public static List<String> unmet(CallerMatch match, VirtualService service, Pod pod, String gateway, int port) {
        var result = new ArrayList<>(unmetByPlace(match, service, gateway, port));
        // As in Istio a condition that names gateways makes conditions on the source moot.
        if (match.gateways().isEmpty()) {
            result.addAll(unmetBySource(match, pod));
        }
        return List.copyOf(result);
    }

    /** Returns the same for a rule for connections, all of whose conditions count. */
    public static List<String> unmetByConnection(
            CallerMatch match, VirtualService service, Pod pod, String gateway, int port) {
        var result = new ArrayList<>(unmetByPlace(match, service, gateway, port));
        result.addAll(unmetBySource(match, pod));
        return List.copyOf(result);
    }

    /** Returns what of it is about where the client connects, whoever it is. */
    static List<String> unmetByPlace(CallerMatch match, VirtualService service, String gateway, int port) {
        var result = new ArrayList<String>();
        match.port()
                .filter(wanted -> wanted != port)
                .ifPresent(wanted -> result.add("it is for port " + wanted + ", this is port " + port));
        if (!match.gateways().isEmpty() && !names(match, service).contains(gateway)) {
            result.add("it is for " + String.join(", ", names(match, service)) + ", not for " + gateway);
        }
        return result;
    }

    private static List<String> unmetBySource(CallerMatch match, Pod pod) {
        var result = new ArrayList<String>();
        match.sourceNamespace()
                .filter(namespace -> !namespace.equals(pod.namespace()))
                .ifPresent(namespace ->
                        result.add("it is for callers in namespace " + namespace + ", not " + pod.namespace()));
        match.sourceLabels().forEach((name, value) -> {
            if (!value.equals(pod.labels().get(name))) {
                result.add("it is for callers with label " + name + "=" + value + ", " + labelOf(pod, name));
            }
        });
        return result;
    }

    private static String labelOf(Pod pod, String name) {
        String value = pod.labels().get(name);
        return pod.workload() + (value == null ? " has no such label" : " has " + name + "=" + value);
    }

    private static List<String> names(CallerMatch match, VirtualService service) {
        return match.gateways().stream()
                .map(name -> VirtualService.gatewayName(name, service.ref().namespace()))
                .sorted()
                .toList();
    }
}
