package dev.binnacle.mesh.random;

import java.util.List;
import java.util.Map;

/** DestinationRules: in the namespace of their host and elsewhere, several for one host now and then. */
final class RandomDestinationRules {
    private final Pick pick;
    private final Documents documents;
    private final RandomPolicies policies;
    private int count;

    RandomDestinationRules(Pick pick, Documents documents, List<RandomHost> hosts) {
        this.pick = pick;
        this.documents = documents;
        this.policies = new RandomPolicies(pick);
        for (var host : hosts) {
            for (int i = pick.of(0, 1, 1, 1, 2); i > 0; i--) {
                add(host);
            }
        }
        if (pick.chance(10)) {
            wildcard(pick.from(hosts));
        }
    }

    private void add(RandomHost host) {
        String namespace = pick.chance(65) ? host.namespace() : pick.of("default", "shop", "ops", "istio-system");
        var spec = pick.fields().with("host", host.writtenIn(namespace, pick));
        spec.maybe(60, "trafficPolicy", () -> policies.wide(host.ports()));
        spec.maybe(70, "subsets", () -> subsets(host));
        rest(spec, namespace);
    }

    private void wildcard(RandomHost of) {
        var spec = pick.fields()
                .with("host", pick.of("*.svc.cluster.local", "*.shop.svc.cluster.local", "*.example.com", "*"));
        spec.with("trafficPolicy", policies.wide(of.ports()));
        rest(spec, pick.of("default", "istio-system", "shop"));
    }

    private void rest(Pick.Fields spec, String namespace) {
        spec.maybe(8, "workloadSelector", () -> Map.of("matchLabels", Map.of("app", pick.of("client", "catalog"))));
        spec.maybe(20, "exportTo", () -> pick.of(List.of("."), List.of("*"), List.of("shop", "default")));
        documents.add("DestinationRule", namespace, "rule-" + count++, spec);
    }

    private List<Object> subsets(RandomHost host) {
        return pick.some(75, "v1", "v2", "v3").stream()
                .<Object>map(version -> pick.fields()
                        .with("name", version)
                        .maybe(
                                95,
                                "labels",
                                () -> pick.fields().with("version", version).maybe(8, "tier", () -> "gold"))
                        .maybe(30, "trafficPolicy", () -> policies.wide(host.ports())))
                .toList();
    }
}
