package dev.binnacle.mesh.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A random configuration of several namespaces: what runs, who may be called, and all kinds of rules about it. Now and then a
 * resource has a mistake.
 *
 * @param resources in the order in which they are written
 * @param proxies the pods whose proxies are worth comparing
 */
public record RandomManifests(List<Map<String, Object>> resources, List<String> proxies) {
    /** Returns the configuration of a seed. */
    public static RandomManifests of(long seed) {
        var pick = new Pick(new Random(seed));
        var documents = new Documents();
        var pods = new RandomPods(pick, documents);
        var entries = new RandomEntries(pick, documents);
        var hosts = new ArrayList<>(pods.hosts());
        hosts.addAll(entries.hosts());
        new RandomDestinationRules(pick, documents, hosts);
        new RandomVirtualServices(pick, documents, hosts);
        new RandomScopes(pick, documents, hosts);
        var resources = new ArrayList<>(documents.all());
        if (pick.chance(40)) {
            for (int i = pick.between(1, 3); i > 0; i--) {
                spoil(resources, pick);
            }
        }
        return new RandomManifests(List.copyOf(resources), pods.proxies());
    }

    private static void spoil(List<Map<String, Object>> resources, Pick pick) {
        int at = pick.between(0, resources.size() - 1);
        var resource = resources.get(at);
        boolean istios = String.valueOf(resource.get("apiVersion")).contains("istio.io/");
        if (istios) {
            resources.set(at, new RandomMistakes(pick).in(resource));
        }
    }

    /** Returns the manifests as text. */
    public String yaml() {
        return Documents.yaml(resources);
    }

    /** Returns the same with some of the resources, and those of the proxies that are still there. */
    public RandomManifests with(List<Map<String, Object>> some) {
        var pods = some.stream()
                .filter(resource -> "Deployment".equals(resource.get("kind")))
                .map(resource -> (Map<?, ?>) resource.get("metadata"))
                .map(metadata -> metadata.get("name") + "-0." + metadata.get("namespace"))
                .toList();
        return new RandomManifests(
                List.copyOf(some), proxies.stream().filter(pods::contains).toList());
    }
}
