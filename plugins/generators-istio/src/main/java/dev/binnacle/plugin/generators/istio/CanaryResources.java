package dev.binnacle.plugin.generators.istio;

import static dev.binnacle.plugin.generators.istio.IstioYaml.map;
import static dev.binnacle.plugin.generators.istio.IstioYaml.networking;

import dev.binnacle.plugin.generators.istio.IstioYaml.Resource;
import dev.binnacle.plugin.generators.istio.Wanted.Canary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A canary: a subset for each version, and a route with the shares. */
final class CanaryResources {
    private CanaryResources() {}

    static Resource subsets(Canary canary) {
        var subsets = canary.weights().keySet().stream()
                .map(version -> map("name", version, "labels", map("version", version)))
                .toList();
        return new Resource(
                "Apply this first, and delete it last: a route to a subset that a sidecar does not know yet answers 503.",
                networking("DestinationRule", canary.source(), map("host", canary.service(), "subsets", subsets)));
    }

    static Resource routes(Canary canary) {
        var http = new ArrayList<Map<String, Object>>();
        canary.testers()
                .ifPresent(testers -> http.add(map(
                        "name",
                        "testers",
                        "match",
                        List.of(map(
                                "headers",
                                map(testers.header().toLowerCase(Locale.ROOT), map("exact", testers.value())))),
                        "route",
                        List.of(to(canary, testers.version())))));
        var shares = canary.weights().entrySet().stream()
                .map(share -> {
                    var destination = to(canary, share.getKey());
                    destination.put("weight", share.getValue());
                    return destination;
                })
                .toList();
        http.add(map("name", "canary", "route", shares));
        return new Resource(
                "Apply this when every sidecar knows the subsets.",
                networking("VirtualService", canary.source(), map("hosts", List.of(canary.service()), "http", http)));
    }

    private static Map<String, Object> to(Canary canary, String version) {
        return map("destination", map("host", canary.service(), "subset", version));
    }
}
