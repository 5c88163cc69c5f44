package dev.binnacle.mesh.xds;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.binnacle.mesh.topology.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Renders the static part of an Envoy's configuration: who it is, where the control plane is, and the two listeners it has
 * before it hears from anyone: 15090 with its metrics and 15000 with the harmless half of its admin interface.
 *
 * <p>The admin interface itself has no authentication and can stop Envoy, so it is on a Unix socket that only its owner
 * can open.
 */
public final class BootstrapRenderer {
    private static final String TYPE = "@type";
    private static final String ADMIN = "agent-admin";
    private static final String XDS = "xds-grpc";
    private static final int METRICS_PORT = 15090;
    private static final int ADMIN_PORT = 15000;
    private static final int OWNER_ONLY = 0600;

    /** Admin pages that change nothing. */
    private static final List<String> READ_ONLY = List.of(
            "/certs",
            "/clusters",
            "/config_dump",
            "/init_dump",
            "/listeners",
            "/memory",
            "/ready",
            "/runtime",
            "/server_info",
            "/stats",
            "/stats/prometheus");

    /** What Istio keeps of Envoy's own statistics, beside the standard metrics (facts F1). */
    private static final List<String> KEPT =
            List.of("wasmcustom", "cluster_manager", "listener_manager", "server", "cluster.xds-grpc");

    /**
     * A Wasm module of 108 bytes that does nothing. Creating any registers the stat namespace {@code wasmcustom}, which the
     * Prometheus page then strips from names instead of putting {@code envoy_} before them.
     */
    private static final String EMPTY_MODULE = "AGFzbQEAAAABDwNgAABgAX8Bf2ACf38BfwMDAgABBQMBAAEHOwQGbWVtb3J5AgAXcHJve"
            + "HlfYWJpX3ZlcnNpb25fMF8yXzEAAAtfaW5pdGlhbGl6ZQAABm1hbGxvYwABCgoCAgALBQBBgAgL";

    /** Istio allows larger regular expressions than Envoy does by itself. */
    private static final Map<String, Integer> RUNTIME = Map.of("re2.max_program_size.error_level", 32_768);

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private BootstrapRenderer() {}

    /** Returns the bootstrap as JSON that ends with a line break. */
    public static String render(BootstrapSpec spec) {
        var bootstrap = map(
                "node", node(spec.pod()),
                "admin", Map.of("address", pipe(spec.adminSocketPath(), OWNER_ONLY)),
                "cluster_manager",
                        Map.of("upstream_bind_config", boundTo(spec.pod().podIp())),
                "dynamic_resources", dynamicResources(),
                "static_resources", staticResources(spec),
                "bootstrap_extensions", List.of(statNamespace()),
                "layered_runtime", Map.of("layers", List.of(map("name", "istio", "static_layer", RUNTIME))),
                "stats_config", statsConfig(),
                "stats_flush_interval", "1s");
        return GSON.toJson(bootstrap) + "\n";
    }

    private static Map<String, Object> node(Pod pod) {
        return map(
                "id", pod.nodeId(),
                "cluster", pod.workload() + "." + pod.namespace(),
                "metadata",
                        map(
                                "NAME", pod.name(),
                                "NAMESPACE", pod.namespace(),
                                "WORKLOAD_NAME", pod.workload(),
                                "SERVICE_ACCOUNT", pod.serviceAccount(),
                                "LABELS", pod.labels()));
    }

    private static Map<String, Object> dynamicResources() {
        var ads = map("ads", Map.of(), "initial_fetch_timeout", "0s", "resource_api_version", "V3");
        return map(
                "ads_config",
                        map(
                                "api_type",
                                "DELTA_GRPC",
                                "transport_api_version",
                                "V3",
                                "set_node_on_first_message_only",
                                true,
                                "grpc_services",
                                List.of(Map.of("envoy_grpc", Map.of("cluster_name", XDS)))),
                "lds_config", ads,
                "cds_config", ads);
    }

    private static Map<String, Object> staticResources(BootstrapSpec spec) {
        return map(
                "listeners",
                        List.of(
                                listener(spec.pod(), METRICS_PORT, List.of("/stats/prometheus")),
                                listener(spec.pod(), ADMIN_PORT, READ_ONLY)),
                "clusters", List.of(adminCluster(spec), xdsCluster(spec)));
    }

    private static Map<String, Object> listener(Pod pod, int port, List<String> paths) {
        var routes = paths.stream()
                .map(path -> map(
                        "match",
                        map(
                                "path",
                                path,
                                "headers",
                                List.of(map("name", ":method", "string_match", Map.of("exact", "GET")))),
                        "route",
                        map("cluster", ADMIN, "timeout", "30s")))
                .toList();
        var rest = map("match", Map.of("prefix", "/"), "direct_response", map("status", 404));
        var all = Stream.concat(routes.stream(), Stream.of(rest)).toList();
        var manager = map(
                TYPE,
                "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                "stat_prefix",
                "agent",
                "route_config",
                Map.of("virtual_hosts", List.of(map("name", "admin", "domains", List.of("*"), "routes", all))),
                "http_filters",
                List.of(map(
                        "name",
                        "envoy.filters.http.router",
                        "typed_config",
                        Map.of(TYPE, "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"))));
        return map(
                "name",
                "agent_" + port,
                "address",
                socket(pod.podIp(), port),
                "enable_reuse_port",
                false,
                "filter_chains",
                List.of(Map.of(
                        "filters",
                        List.of(map(
                                "name", "envoy.filters.network.http_connection_manager", "typed_config", manager)))));
    }

    private static Map<String, Object> adminCluster(BootstrapSpec spec) {
        return map(
                "name",
                ADMIN,
                "type",
                "STATIC",
                "connect_timeout",
                "1s",
                "upstream_bind_config",
                Map.of(),
                "load_assignment",
                assignment(ADMIN, pipe(spec.adminSocketPath(), 0)));
    }

    private static Map<String, Object> xdsCluster(BootstrapSpec spec) {
        var options = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
        return map(
                "name",
                XDS,
                "type",
                "STATIC",
                "connect_timeout",
                "1s",
                "upstream_connection_options",
                Map.of("tcp_keepalive", map("keepalive_time", 30)),
                "typed_extension_protocol_options",
                Map.of(
                        options,
                        map(
                                TYPE,
                                "type.googleapis.com/" + options,
                                "explicit_http_config",
                                Map.of("http2_protocol_options", Map.of()))),
                "load_assignment",
                assignment(XDS, socket(spec.xdsAddress(), spec.xdsPort())));
    }

    /** From a loopback address nothing but loopback can be reached: that keeps here what is not meant to leave this machine. */
    private static Map<String, Object> boundTo(String address) {
        return Map.of("source_address", map("address", address, "port_value", 0));
    }

    private static Map<String, Object> statNamespace() {
        return map(
                "name",
                "envoy.bootstrap.wasm",
                "typed_config",
                map(
                        TYPE,
                        "type.googleapis.com/envoy.extensions.wasm.v3.WasmService",
                        "singleton",
                        true,
                        "config",
                        map(
                                "name",
                                "stat_namespace",
                                "root_id",
                                "stat_namespace",
                                "vm_config",
                                map(
                                        "runtime",
                                        "envoy.wasm.runtime.v8",
                                        "code",
                                        Map.of("local", Map.of("inline_bytes", EMPTY_MODULE))))));
    }

    private static Map<String, Object> statsConfig() {
        var patterns = KEPT.stream().map(prefix -> Map.of("prefix", prefix)).toList();
        return map(
                "use_all_default_tags", true, "stats_matcher", Map.of("inclusion_list", Map.of("patterns", patterns)));
    }

    private static Map<String, Object> assignment(String cluster, Map<String, Object> address) {
        var endpoint = Map.of("endpoint", Map.of("address", address));
        return map("cluster_name", cluster, "endpoints", List.of(Map.of("lb_endpoints", List.of(endpoint))));
    }

    private static Map<String, Object> socket(String address, int port) {
        return Map.of("socket_address", map("address", address, "port_value", port));
    }

    private static Map<String, Object> pipe(String path, int mode) {
        return Map.of("pipe", mode == 0 ? Map.of("path", path) : map("path", path, "mode", mode));
    }

    /** A map that keeps the order of its pairs, so that the text is always the same. */
    private static Map<String, Object> map(Object... pairs) {
        var result = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            result.put((String) pairs[i], pairs[i + 1]);
        }
        return result;
    }
}
