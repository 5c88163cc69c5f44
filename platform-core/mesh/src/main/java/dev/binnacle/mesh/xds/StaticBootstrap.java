package dev.binnacle.mesh.xds;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A bootstrap for an Envoy that needs no control plane: the proxy's resources are in it, as static ones. */
public final class StaticBootstrap {
    private StaticBootstrap() {}

    /** Returns the bootstrap as JSON. */
    public static String render(BootstrapSpec spec, ProxyResources resources) {
        var all = ResourcesJson.object(resources);
        var routes = byName(all.getAsJsonArray("routes"), "name");
        var endpoints = byName(all.getAsJsonArray("endpoints"), "cluster_name");
        var filters = byName(all.getAsJsonArray("filters"), "name");
        all.getAsJsonArray("listeners").forEach(listener -> inlineFilters(listener.getAsJsonObject(), filters));
        all.getAsJsonArray("listeners").forEach(listener -> inlineRoutes(listener, routes));
        var secrets = secrets(resources);
        all.getAsJsonArray("listeners").forEach(listener -> nameSecrets(listener, secrets.keySet()));
        all.getAsJsonArray("clusters").forEach(cluster -> nameSecrets(cluster, secrets.keySet()));
        all.getAsJsonArray("clusters").forEach(cluster -> inlineEndpoints(cluster.getAsJsonObject(), endpoints));
        var bootstrap = JsonParser.parseString(BootstrapRenderer.render(spec)).getAsJsonObject();
        bootstrap.remove("dynamic_resources");
        var statics = bootstrap.getAsJsonObject("static_resources");
        statics.getAsJsonArray("listeners").addAll(all.getAsJsonArray("listeners"));
        statics.getAsJsonArray("clusters").addAll(all.getAsJsonArray("clusters"));
        if (!secrets.isEmpty()) {
            var known = new JsonArray();
            secrets.values().forEach(known::add);
            statics.add("secrets", known);
        }
        return new Gson().toJson(bootstrap);
    }

    private static Map<String, JsonObject> secrets(ProxyResources resources) {
        var result = new TreeMap<String, JsonObject>();
        resources
                .secrets()
                .forEach(secret -> result.put(
                        secret.getName(),
                        JsonParser.parseString(ResourcesJson.json(secret)).getAsJsonObject()));
        return result;
    }

    /** A secret that nobody has is looked for where it will never be: as with a control plane, what needs it fails. */
    private static void nameSecrets(JsonElement node, Set<String> known) {
        if (node.isJsonArray()) {
            node.getAsJsonArray().forEach(item -> nameSecrets(item, known));
        }
        if (!node.isJsonObject()) {
            return;
        }
        var object = node.getAsJsonObject();
        var source = object.getAsJsonObject("sds_config");
        if (source != null && source.remove("ads") != null) {
            if (known.contains(object.get("name").getAsString())) {
                object.remove("sds_config");
            } else {
                source.add("path_config_source", JsonParser.parseString("{\"path\": \"/dev/null\"}"));
            }
        }
        object.entrySet().forEach(field -> nameSecrets(field.getValue(), known));
    }

    private static Map<String, JsonObject> byName(JsonArray array, String field) {
        var result = new HashMap<String, JsonObject>();
        array.forEach(item -> result.put(item.getAsJsonObject().get(field).getAsString(), item.getAsJsonObject()));
        return result;
    }

    private static void inlineFilters(JsonObject listener, Map<String, JsonObject> filters) {
        for (var chain : listener.getAsJsonArray("filter_chains")) {
            for (var element : chain.getAsJsonObject().getAsJsonArray("filters")) {
                var filter = element.getAsJsonObject();
                if (filter.remove("config_discovery") != null) {
                    String name = filter.get("name").getAsString();
                    filter.add(
                            "typed_config",
                            Objects.requireNonNull(filters.get(name), name)
                                    .get("typed_config")
                                    .deepCopy());
                }
            }
        }
    }

    private static void inlineRoutes(JsonElement node, Map<String, JsonObject> routes) {
        if (node.isJsonArray()) {
            node.getAsJsonArray().forEach(item -> inlineRoutes(item, routes));
        }
        if (!node.isJsonObject()) {
            return;
        }
        var object = node.getAsJsonObject();
        if (object.has("rds")) {
            String name = object.getAsJsonObject("rds").get("route_config_name").getAsString();
            object.remove("rds");
            var table = Objects.requireNonNull(routes.get(name), name).deepCopy();
            // As over RDS: Istio hands out routes to destinations it does not know (they answer 503, NC), and so do we.
            table.addProperty("validate_clusters", false);
            object.add("route_config", table);
        }
        object.entrySet().forEach(field -> inlineRoutes(field.getValue(), routes));
    }

    private static void inlineEndpoints(JsonObject cluster, Map<String, JsonObject> endpoints) {
        if (!cluster.has("eds_cluster_config")) {
            return;
        }
        cluster.remove("eds_cluster_config");
        cluster.addProperty("type", "STATIC");
        cluster.add("load_assignment", endpoints.get(cluster.get("name").getAsString()));
    }
}
