package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Converts all of them: what several routes say of one host is put into one order. */
final class Conversion {
    /** What a route says of a host. */
    private record Part(HttpRoute route, Placed host, Attachment parent, List<HttpRule> rules) {}

    private final Resources resources;
    private final Problems problems = new Problems();

    Conversion(Resources resources) {
        this.resources = resources;
    }

    Converted run() {
        var listeners = new Listeners(resources, problems).all();
        var parents = new Parents(resources, listeners, problems);
        var rules = new Rules(new Backends(resources, problems));
        SortedMap<String, List<Part>> parts = new TreeMap<>();
        for (var route : resources.routes()) {
            for (var parent : parents.of(route)) {
                rules.of(route, parent)
                        .ifPresent(all -> hosts(route, parent)
                                .forEach(host -> parts.computeIfAbsent(
                                                key(route, parent, host.text()), key -> new ArrayList<>())
                                        .add(new Part(route, host, parent, all))));
            }
        }
        return new Converted(
                listeners.stream()
                        .flatMap(listener -> listener.gateway().stream())
                        .toList(),
                parts.values().stream().map(Conversion::virtualService).toList(),
                problems.sorted());
    }

    private static Stream<Placed> hosts(HttpRoute route, Attachment parent) {
        return parent.serviceHost()
                .map(host -> Stream.of(new Placed(host, parent.place())))
                .orElseGet(() -> (route.hostnames().isEmpty()
                                ? Stream.of(new Placed("*", parent.place()))
                                : route.hostnames().stream())
                        .filter(host -> parent.takes(host.text())));
    }

    /** Routes of one namespace share what they say of a Service; what they say of a listener they share with all. */
    private static String key(HttpRoute route, Attachment parent, String host) {
        String scope = parent.serviceHost().isPresent()
                ? route.ref().namespace()
                        + parent.port().map(port -> "~" + port).orElse("")
                : parent.gateway();
        return scope + "~" + host;
    }

    private static VirtualService virtualService(List<Part> parts) {
        var first = parts.getFirst();
        return new VirtualService(
                first.route().ref(),
                first.route().origin(),
                List.of(first.host()),
                List.of(new Placed(first.parent().gateway(), first.parent().place())),
                parts.stream()
                        .flatMap(part -> part.rules().stream())
                        .sorted(RuleOrder.MOST_EXACT_FIRST)
                        .toList(),
                List.of(),
                List.of(),
                Optional.empty(),
                true);
    }
}
