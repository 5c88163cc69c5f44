package dev.binnacle.e2e;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The shop, as a customer meets it at the ingress. */
final class Shop {
    private final Traffic traffic = new Traffic();
    private final String url;

    Shop(RunningMesh.Instance mesh) {
        url = mesh.ingress() + "/api";
    }

    /** Asks for all articles: storefront, catalog and inventory take part. */
    Traffic.Answer catalog(String... headers) {
        return traffic.get(url + "/catalog", headers);
    }

    /** Asks for the latest orders: storefront and orders take part. */
    Traffic.Answer orders(String... headers) {
        return traffic.get(url + "/orders", headers);
    }

    /** Orders ropes, 34 euros apiece: all services take part. */
    Traffic.Answer order(int pieces, String... headers) {
        return traffic.post(url + "/orders", "{\"sku\":\"rope\",\"quantity\":%d}".formatted(pieces), headers);
    }

    /** Does something {@code count} times and returns how often it was answered with which status. */
    static Map<Integer, Integer> statuses(int count, Supplier<Traffic.Answer> something) {
        var statuses = new TreeMap<Integer, Integer>();
        for (int i = 0; i < count; i++) {
            statuses.merge(something.get().status(), 1, Integer::sum);
        }
        return statuses;
    }
}
