package dev.binnacle.mesh.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Random rules for connections: those under {@code tcp} and {@code tls} of VirtualServices. */
final class RandomConnectionRules {
    private final Pick pick;
    private final Supplier<Map<String, Object>> destination;

    RandomConnectionRules(Pick pick, Supplier<Map<String, Object>> destination) {
        this.pick = pick;
        this.destination = destination;
    }

    Map<String, Object> tcp(List<Integer> ports) {
        return pick.fields()
                .maybe(65, "match", () -> pick.several(1, 2, () -> match(ports)))
                .with("route", route());
    }

    /** Returns a rule about some of the names. */
    Map<String, Object> tls(List<String> names, List<Integer> ports) {
        var matches = pick.several(1, 2, () -> match(ports).with("sniHosts", List.of(pick.from(names))));
        return pick.fields().with("match", matches).with("route", route());
    }

    private Pick.Fields match(List<Integer> ports) {
        return pick.fields()
                .maybe(60, "port", () -> pick.chance(85) ? pick.from(ports) : 5432)
                .maybe(
                        12,
                        "destinationSubnets",
                        () -> pick.of(List.of("10.96.0.0/24"), List.of("10.0.0.0/8", "240.0.0.7")))
                .maybe(12, "sourceLabels", () -> Map.of("app", pick.of("client", "catalog")))
                .maybe(12, "sourceNamespace", () -> pick.of("default", "shop"))
                .maybe(8, "gateways", () -> pick.of(List.of("mesh"), List.of("istio-system/edge")));
    }

    private List<Object> route() {
        int count = pick.of(1, 1, 1, 2, 3);
        var result = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var one = pick.fields().with("destination", destination.get());
            if (count > 1 || pick.chance(10)) {
                one.with("weight", i == 0 ? 50 : pick.of(0, 1, 25, 80));
            }
            result.add(one);
        }
        return result;
    }
}
