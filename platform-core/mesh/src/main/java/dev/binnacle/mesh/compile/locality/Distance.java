package dev.binnacle.mesh.compile.locality;

import dev.binnacle.mesh.ir.Locality;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.Failover;
import java.util.List;
import java.util.Map;

/** How far an endpoint is from a client: the lower, the nearer. */
final class Distance {
    /** How many distances {@link #between} tells apart. */
    static final int LEVELS = 5;

    private static final String NETWORK = "topology.istio.io/network";

    private Distance() {}

    /** Returns 0 for the same sub-zone, then zone, then region, then the region that stands in for it, then others. */
    static int between(Locality client, Locality endpoint, List<Failover> failover) {
        if (!client.region().equals(endpoint.region())) {
            return failover.stream()
                    .filter(entry -> entry.from().equals(client.region()))
                    .findFirst()
                    .map(entry -> entry.to().equals(endpoint.region()) ? 3 : 4)
                    .orElse(3);
        }
        if (!client.zone().equals(endpoint.zone())) {
            return 2;
        }
        return client.subZone().equals(endpoint.subZone()) ? 0 : 1;
    }

    /** Returns how many of {@code wanted} are behind the first that differs, that one included. */
    static int byLabels(List<String> wanted, Map<String, String> client, Map<String, String> endpoint) {
        int elsewhere = 0;
        for (int i = 0; i < wanted.size(); i++) {
            if (!agree(wanted.get(i), client, endpoint)) {
                if (i == 0 && wanted.getFirst().equals(NETWORK)) {
                    // Another network is farther than anything in the own one, but there are distances in it as well.
                    elsewhere = wanted.size();
                } else {
                    return wanted.size() - i + elsewhere;
                }
            }
        }
        return elsewhere;
    }

    private static boolean agree(String wanted, Map<String, String> client, Map<String, String> endpoint) {
        String[] parts = wanted.split("=", -1);
        String value = parts.length == 2 ? parts[1] : client.getOrDefault(parts[0], "");
        return value.equals(endpoint.getOrDefault(parts[0], ""));
    }
}
