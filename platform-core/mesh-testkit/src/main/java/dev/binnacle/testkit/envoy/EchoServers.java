package dev.binnacle.testkit.envoy;

import com.google.gson.Gson;
import dev.binnacle.mesh.ir.Cluster;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The configuration of an Envoy that stands in for all servers: each tells its name and the request that reached it. */
final class EchoServers {
    /** Answers name the pod here. */
    static final String POD = "x-binnacle-pod";

    /** Requests may tell servers here what status to answer with. */
    static final String ANSWER = "x-binnacle-answer";

    /** The name of the server that stands for all that is outside of the mesh. */
    static final String OUTSIDE = "outside";

    static final int OUTSIDE_PORT = 15_080;

    private static final String TYPE = "@type";
    private static final String TYPES = "type.googleapis.com/envoy.extensions.filters.";

    /** A place where a pod serves. */
    record Place(String address, int port) {}

    private record Server(String pod, boolean http) {}

    private EchoServers() {}

    /** Returns the places where the mesh's clusters lead. */
    static Map<Place, String> places(MeshIr mesh) {
        var result = new LinkedHashMap<Place, String>();
        servers(mesh).forEach((place, server) -> result.put(place, server.pod()));
        return result;
    }

    private static Map<Place, Server> servers(MeshIr mesh) {
        var result = new LinkedHashMap<Place, Server>();
        for (var proxy : mesh.proxies()) {
            for (var cluster : proxy.clusters()) {
                if (cluster instanceof Cluster.Outbound outbound) {
                    for (var endpoint : pods(outbound)) {
                        result.merge(
                                new Place(endpoint.address(), endpoint.port()),
                                new Server(endpoint.pod(), outbound.protocol().isHttp()),
                                (a, b) -> new Server(a.pod(), a.http() || b.http()));
                    }
                }
            }
        }
        result.keySet().removeAll(gateways(mesh));
        return result;
    }

    /** What is no pod is outside of the mesh. */
    private static List<Cluster.Endpoint> pods(Cluster.Outbound cluster) {
        return cluster.endpoints().stream().filter(e -> !e.pod().isEmpty()).toList();
    }

    /** Where gateways listen they may run themselves. */
    private static Set<Place> gateways(MeshIr mesh) {
        return mesh.proxies().stream()
                .flatMap(proxy -> proxy.listeners().stream())
                .filter(Listener.Gateway.class::isInstance)
                .map(listener -> new Place(listener.address(), listener.port()))
                .collect(Collectors.toSet());
    }

    static String bootstrap(MeshIr mesh, LoopbackBlock block) {
        var listeners = new ArrayList<Object>();
        servers(mesh).forEach((place, server) -> listeners.add(listener(place, server)));
        listeners.add(listener(new Place(block.outside(), OUTSIDE_PORT), new Server(OUTSIDE, true)));
        return new Gson()
                .toJson(Map.of(
                        "node", Map.of("id", "servers", "cluster", "servers"),
                        "admin", Map.of("address", Map.of("pipe", Map.of("path", EnvoyProcess.ADMIN))),
                        "static_resources", Map.of("listeners", listeners)));
    }

    private static Map<String, Object> listener(Place place, Server server) {
        var result = new TreeMap<String, Object>();
        result.put("name", place.address() + "_" + place.port());
        result.put(
                "address",
                Map.of(
                        "socket_address",
                        Map.of("address", place.address(), "port_value", CallerBootstrap.bindable(place.port()))));
        result.put("enable_reuse_port", false);
        result.put(
                "filter_chains",
                List.of(Map.of("filters", List.of(server.http() ? http(server.pod()) : tcp(server.pod())))));
        return result;
    }

    private static Map<String, Object> http(String pod) {
        return Map.of(
                "name",
                "http",
                "typed_config",
                Map.of(
                        TYPE,
                        TYPES + "network.http_connection_manager.v3.HttpConnectionManager",
                        "stat_prefix",
                        "echo",
                        "route_config",
                        Map.of("virtual_hosts", List.of(Map.of("name", "all", "domains", List.of("*")))),
                        "http_filters",
                        List.of(
                                Map.of("name", "echo", "typed_config", script(pod)),
                                Map.of(
                                        "name",
                                        "router",
                                        "typed_config",
                                        Map.of(TYPE, TYPES + "http.router.v3.Router")))));
    }

    private static Map<String, Object> script(String pod) {
        String code = """
                function envoy_on_request(request)
                  local lines = {}
                  for name, value in pairs(request:headers()) do
                    table.insert(lines, name .. ": " .. value)
                  end
                  local status = request:headers():get("%s") or "200"
                  request:respond({[":status"] = status, ["%s"] = "%s"}, table.concat(lines, "\\n"))
                end
                """.formatted(ANSWER, POD, pod);
        return Map.of(TYPE, TYPES + "http.lua.v3.Lua", "default_source_code", Map.of("inline_string", code));
    }

    private static Map<String, Object> tcp(String pod) {
        return Map.of(
                "name",
                "tcp",
                "typed_config",
                Map.of(
                        TYPE,
                        TYPES + "network.direct_response.v3.Config",
                        "response",
                        Map.of("inline_string", pod + "\n")));
    }
}
