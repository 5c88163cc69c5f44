package dev.binnacle.testkit.envoy;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.BootstrapSpec;
import dev.binnacle.mesh.xds.ProxyResources;
import dev.binnacle.mesh.xds.StaticBootstrap;
import dev.binnacle.testkit.envoy.EchoServers.Place;
import java.util.Map;
import java.util.Set;

/**
 * The configuration of a caller's Envoy: what the platform would tell it, except that servers are the ones of
 * {@link EchoServers} and speak plaintext, that nothing leads out of this machine, and that answers tell what decided.
 */
final class CallerBootstrap {
    static final String ROUTE = "x-binnacle-route";
    static final String ORIGIN = "x-binnacle-origin";
    static final String CLUSTER = "x-binnacle-cluster";
    static final String FLAGS = "x-binnacle-flags";

    private static final Map<String, String> TOLD = Map.of(
            ROUTE, "%ROUTE_NAME%",
            ORIGIN, "%METADATA(ROUTE:binnacle:origin)%",
            CLUSTER, "%UPSTREAM_CLUSTER_RAW%",
            FLAGS, "%RESPONSE_FLAGS%");
    private static final int MOVED_BY = 20_000;

    private final Set<Place> servers;
    private final LoopbackBlock block;

    CallerBootstrap(Set<Place> servers, LoopbackBlock block) {
        this.servers = servers;
        this.block = block;
    }

    /** Ports that only root may listen on are moved. */
    static int bindable(int port) {
        return port < MeshTopology.UNPRIVILEGED ? port + MOVED_BY : port;
    }

    String render(Pod pod, String trustDomain, ProxyResources resources) {
        var spec = new BootstrapSpec(pod, trustDomain, "127.0.0.1", 15010, EnvoyProcess.ADMIN);
        var bootstrap =
                JsonParser.parseString(StaticBootstrap.render(spec, resources)).getAsJsonObject();
        var statics = bootstrap.getAsJsonObject("static_resources");
        statics.add("listeners", listeners(statics.getAsJsonArray("listeners")));
        statics.getAsJsonArray("clusters").forEach(cluster -> redirect(cluster.getAsJsonObject()));
        return new Gson().toJson(bootstrap);
    }

    private static JsonArray listeners(JsonArray all) {
        var result = new JsonArray();
        for (var element : all) {
            var listener = element.getAsJsonObject();
            if (listener.has("traffic_direction")
                    && listener.get("traffic_direction").getAsString().equals("OUTBOUND")) {
                listener.remove("additional_addresses");
                move(listener);
                tell(listener);
                result.add(listener);
            }
        }
        return result;
    }

    private static void move(JsonObject addressed) {
        var socket = addressed.getAsJsonObject("address").getAsJsonObject("socket_address");
        socket.addProperty("port_value", bindable(socket.get("port_value").getAsInt()));
    }

    /** Makes every answer say what decided it, whether it comes from a server or from the proxy itself. */
    private static void tell(JsonElement node) {
        if (node.isJsonArray()) {
            node.getAsJsonArray().forEach(CallerBootstrap::tell);
        }
        if (!node.isJsonObject()) {
            return;
        }
        var object = node.getAsJsonObject();
        if (object.has("route_config")) {
            object.getAsJsonObject("route_config").add("response_headers_to_add", told());
            object.add("local_reply_config", localReplies());
        }
        object.entrySet().forEach(field -> tell(field.getValue()));
    }

    private static JsonArray told() {
        var result = new JsonArray();
        TOLD.forEach((name, value) -> result.add(JsonParser.parseString(new Gson()
                .toJson(Map.of(
                        "header",
                        Map.of("key", name, "value", value),
                        "append_action",
                        "OVERWRITE_IF_EXISTS_OR_ADD")))));
        return result;
    }

    private static JsonObject localReplies() {
        var result = JsonParser.parseString("""
                {"mappers": [{"filter": {"status_code_filter": {"comparison":
                    {"op": "GE", "value": {"default_value": 0, "runtime_key": "never_set"}}}}}]}
                """).getAsJsonObject();
        result.getAsJsonArray("mappers").get(0).getAsJsonObject().add("headers_to_add", told());
        return result;
    }

    private void redirect(JsonObject cluster) {
        cluster.remove("transport_socket");
        cluster.remove("transport_socket_matches");
        if (isForEnvoyItself(cluster) || cluster.get("name").getAsString().equals("BlackHoleCluster")) {
            return;
        }
        if (!cluster.has("type") || !cluster.get("type").getAsString().equals("STATIC")) {
            leadOutside(cluster);
        } else if (cluster.has("load_assignment")) {
            places(cluster.get("load_assignment"));
        }
    }

    private static boolean isForEnvoyItself(JsonObject cluster) {
        return !cluster.has("metadata");
    }

    /** What would be looked up by DNS, or found by the address a client called. */
    private void leadOutside(JsonObject cluster) {
        String name = cluster.get("name").getAsString();
        for (String gone :
                new String[] {"cluster_type", "load_assignment", "eds_cluster_config", "upstream_bind_config"}) {
            cluster.remove(gone);
        }
        cluster.addProperty("type", "STATIC");
        cluster.addProperty("lb_policy", "ROUND_ROBIN");
        var socket = Map.of("address", block.outside(), "port_value", EchoServers.OUTSIDE_PORT);
        var endpoint = Map.of("endpoint", Map.of("address", Map.of("socket_address", socket)));
        cluster.add(
                "load_assignment",
                JsonParser.parseString(new Gson().toJson(Map.of("cluster_name", name, "endpoints", new Object[] {
                    Map.of("lb_endpoints", new Object[] {endpoint})
                }))));
    }

    private void places(JsonElement node) {
        if (node.isJsonArray()) {
            node.getAsJsonArray().forEach(this::places);
        }
        if (!node.isJsonObject()) {
            return;
        }
        var object = node.getAsJsonObject();
        if (object.has("socket_address")) {
            place(object.getAsJsonObject("socket_address"));
        }
        object.entrySet().forEach(field -> places(field.getValue()));
    }

    private void place(JsonObject socket) {
        String address = socket.get("address").getAsString();
        int port = socket.get("port_value").getAsInt();
        boolean known = servers.contains(new Place(address, port));
        socket.addProperty("address", known ? address : block.outside());
        socket.addProperty("port_value", known ? bindable(port) : EchoServers.OUTSIDE_PORT);
    }
}
