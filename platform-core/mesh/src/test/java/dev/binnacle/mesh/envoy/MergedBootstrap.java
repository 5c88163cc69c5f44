package dev.binnacle.mesh.envoy;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.binnacle.mesh.xds.BootstrapSpec;
import dev.binnacle.mesh.xds.ProxyResources;
import dev.binnacle.mesh.xds.StaticBootstrap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What many proxies are told in one bootstrap, everything once, under names and addresses of its own. What refers to
 * clusters does not find them then, which Envoy accepts.
 */
final class MergedBootstrap {
    private static final ProxyResources NOTHING =
            new ProxyResources(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), Map.of());

    private static final Map<String, String> OWN_FILES = Map.of(
            "private_key", "certs/key.pem",
            "certificate_chain", "certs/cert-chain.pem",
            "trusted_ca", "certs/root-cert.pem");

    private final Map<String, JsonObject> listeners = new LinkedHashMap<>();
    private final Map<String, JsonObject> clusters = new LinkedHashMap<>();
    private final Map<String, JsonObject> secrets = new LinkedHashMap<>();

    private MergedBootstrap() {}

    static String of(BootstrapSpec spec, List<ProxyResources> proxies) {
        var empty = parse(spec, NOTHING);
        var merged = new MergedBootstrap();
        proxies.forEach(proxy -> merged.add(statics(parse(spec, proxy)), statics(empty)));
        merged.number();
        var own = statics(empty);
        merged.listeners.values().forEach(own.getAsJsonArray("listeners")::add);
        merged.clusters.values().forEach(own.getAsJsonArray("clusters")::add);
        var known = new JsonArray();
        merged.secrets.values().forEach(known::add);
        own.add("secrets", known);
        return new Gson().toJson(empty);
    }

    private static JsonObject parse(BootstrapSpec spec, ProxyResources resources) {
        var bootstrap =
                JsonParser.parseString(StaticBootstrap.render(spec, resources)).getAsJsonObject();
        useOwnFiles(bootstrap);
        return bootstrap;
    }

    /** Users' certificates are files of their pods: those of the test stand for them. */
    private static void useOwnFiles(JsonElement node) {
        if (node.isJsonArray()) {
            node.getAsJsonArray().forEach(MergedBootstrap::useOwnFiles);
        } else if (node.isJsonObject()) {
            var object = node.getAsJsonObject();
            object.remove("crl");
            OWN_FILES.forEach((field, file) -> {
                if (object.has(field)
                        && object.get(field).isJsonObject()
                        && !object.getAsJsonObject(field).has("inline_bytes")) {
                    object.getAsJsonObject(field).addProperty("filename", file);
                }
            });
            object.entrySet().forEach(field -> useOwnFiles(field.getValue()));
        }
    }

    private static JsonObject statics(JsonObject bootstrap) {
        return bootstrap.getAsJsonObject("static_resources");
    }

    private void add(JsonObject all, JsonObject own) {
        for (var listener : beside(all, own, "listeners")) {
            listener.remove("name");
            listener.remove("address");
            listener.remove("additional_addresses");
            listeners.putIfAbsent(listener.toString(), listener);
        }
        if (all.has("secrets")) {
            objects(all, "secrets")
                    .forEach(secret -> secrets.putIfAbsent(secret.get("name").getAsString(), secret));
        }
        beside(all, own, "clusters").forEach(cluster -> clusters.putIfAbsent(cluster.toString(), cluster));
    }

    private static List<JsonObject> beside(JsonObject all, JsonObject own, String kind) {
        Set<String> known = objects(own, kind).stream()
                .map(one -> one.get("name").getAsString())
                .collect(Collectors.toSet());
        return objects(all, kind).stream()
                .filter(one -> !known.contains(one.get("name").getAsString()))
                .toList();
    }

    private static List<JsonObject> objects(JsonObject statics, String kind) {
        return StreamSupport.stream(statics.getAsJsonArray(kind).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    private void number() {
        int number = 0;
        for (var listener : listeners.values()) {
            listener.addProperty("name", "listener-" + ++number);
            listener.add("address", address(number));
        }
        for (var cluster : clusters.values()) {
            String name = ++number + "|" + cluster.get("name").getAsString();
            cluster.addProperty("name", name);
            if (cluster.has("load_assignment")) {
                cluster.getAsJsonObject("load_assignment").addProperty("cluster_name", name);
            }
        }
    }

    private static JsonObject address(int number) {
        return JsonParser.parseString("{\"socket_address\": {\"address\": \"127.254." + number / 250 + "."
                        + (number % 250 + 1) + "\", \"port_value\": 10000}}")
                .getAsJsonObject();
    }
}
