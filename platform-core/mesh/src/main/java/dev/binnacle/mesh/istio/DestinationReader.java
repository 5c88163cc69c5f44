package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.schema.Section;
import java.util.List;
import java.util.Optional;

/** Reads where rules send requests, connections and copies. */
final class DestinationReader {
    private static final long MOST_WEIGHT = 4_294_967_295L;

    private final Problems problems;
    private final HeaderChangesReader headers;

    DestinationReader(Problems problems) {
        this.problems = problems;
        this.headers = new HeaderChangesReader(problems);
    }

    /** Returns the destinations of the field {@code route}. */
    List<Destination> routes(Section rule) {
        var routes = rule.sections("route");
        checkWeights(rule, routes);
        return routes.stream().map(route -> route(route, routes.size())).toList();
    }

    private Destination route(Section route, int routes) {
        var destination = one(route.section("destination").orElseThrow());
        var changes = headers.read(route);
        return new Destination(
                destination.host(),
                destination.subset(),
                destination.port(),
                routes == 1 ? 1 : route.number("weight").orElse(0),
                changes.map(Treatment.Headers::changes).orElse(HeaderChanges.NONE),
                changes.flatMap(Treatment.Headers::authority),
                destination.place(),
                destination.hostPlace(),
                destination.subsetPlace());
    }

    /** Returns one destination without anything around it. */
    Destination one(Section destination) {
        String host = destination.text("host").orElseThrow();
        if (host.equals("*")) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    destination.placeOf("host"),
                    "requests cannot be sent to every host",
                    "Name the host");
        }
        return new Destination(
                host,
                destination.text("subset").orElse(""),
                destination.section("port").flatMap(p -> p.number("number")),
                1,
                HeaderChanges.NONE,
                Optional.empty(),
                destination.place(),
                destination.placeOf("host"),
                destination.placeOf("subset"));
    }

    private void checkWeights(Section rule, List<Section> routes) {
        long sum = routes.stream().mapToLong(r -> r.number("weight").orElse(0)).sum();
        if (routes.size() > 1 && sum == 0) {
            problems.add(
                    DiagnosticCode.NO_WEIGHT,
                    rule.placeOf("route"),
                    "the weights of the " + routes.size() + " destinations add up to 0",
                    "Give at least one of them a weight");
        } else if (sum > MOST_WEIGHT) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    rule.placeOf("route"),
                    "the weights add up to " + sum + ", more than " + MOST_WEIGHT,
                    "Use smaller weights");
        }
    }
}
