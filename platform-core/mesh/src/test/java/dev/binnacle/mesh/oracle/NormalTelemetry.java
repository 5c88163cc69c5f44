package dev.binnacle.mesh.oracle;

import com.github.xds.type.v3.TypedStruct;
import com.google.gson.JsonParser;
import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a proxy tells about the traffic it carries; one listener of each kind speaks for all. */
final class NormalTelemetry {
    private static final List<String> HTTP =
            List.of("requests_total", "request_duration_milliseconds", "request_bytes", "response_bytes");
    private static final List<String> TCP = List.of(
            "tcp_connections_opened_total",
            "tcp_connections_closed_total",
            "tcp_sent_bytes_total",
            "tcp_received_bytes_total");

    private static final List<String> STANDARD = List.of(
            "reporter",
            "source_workload",
            "source_canonical_service",
            "source_canonical_revision",
            "source_workload_namespace",
            "source_principal",
            "source_app",
            "source_version",
            "source_cluster",
            "destination_workload",
            "destination_workload_namespace",
            "destination_principal",
            "destination_app",
            "destination_version",
            "destination_service",
            "destination_canonical_service",
            "destination_canonical_revision",
            "destination_service_name",
            "destination_service_namespace",
            "destination_cluster",
            "request_protocol",
            "response_code",
            "response_flags",
            "connection_security_policy");

    private final Node result = new Node();

    private NormalTelemetry() {}

    static Node of(List<Listener> listeners, Map<String, Any> shared) {
        var telemetry = new NormalTelemetry();
        listeners.stream()
                .filter(listener -> !listener.getName().endsWith("_15001"))
                .forEach(listener -> telemetry.add(listener, shared));
        return telemetry.result;
    }

    private void add(Listener listener, Map<String, Any> shared) {
        String side = listener.getTrafficDirection() == TrafficDirection.INBOUND ? "server" : "client";
        for (var chain : listener.getFilterChainsList()) {
            for (Filter filter : chain.getFiltersList()) {
                var config = shared.getOrDefault(filter.getName(), filter.getTypedConfig());
                Protos.unpack(config, HttpConnectionManager.class)
                        .ifPresent(manager -> result.computeIfAbsent(side + " http", key -> http(manager)));
                Protos.unpack(config, TypedStruct.class)
                        .filter(struct -> struct.getTypeUrl().endsWith(".TcpProxy"))
                        .ifPresent(proxy -> result.computeIfAbsent(side + " tcp", key -> tcp(proxy.getValue())));
            }
        }
    }

    private static Node http(HttpConnectionManager manager) {
        var configs = manager.getAccessLogList().stream()
                .map(AccessLog::getTypedConfig)
                .flatMap(config -> Protos.unpack(config, TypedStruct.class).stream())
                .map(TypedStruct::getValue)
                .limit(1) // the other one is the same for gRPC
                .toList();
        var logs = manager.getAccessLogList().stream()
                .filter(log -> Protos.unpack(log.getTypedConfig(), TypedStruct.class)
                        .filter(struct -> struct.getTypeUrl().endsWith(".FileAccessLog"))
                        .isPresent())
                .map(log -> NormalRequests.log(
                        Protos.unpack(log.getTypedConfig(), TypedStruct.class)
                                .orElseThrow()
                                .getValue(),
                        expression(log.getFilter())))
                .toList();
        return new Node()
                .with("metrics", metrics(configs, HTTP, STANDARD))
                .with("logs", logs)
                .with("tracing", NormalRequests.tracing(manager));
    }

    private static Node tcp(Struct proxy) {
        var configs = values(proxy, "access_log").stream()
                .map(log ->
                        log.getStructValue().getFieldsOrThrow("typed_config").getStructValue())
                .filter(config -> config.containsFields("stats_scope"))
                .toList();
        var labels = STANDARD.stream()
                .filter(label -> !label.equals("response_code"))
                .toList();
        var logs = values(proxy, "access_log").stream()
                .map(Value::getStructValue)
                .filter(log -> text(log, "name").endsWith(".file"))
                .map(log -> NormalRequests.log(
                        log.getFieldsOrThrow("typed_config").getStructValue(),
                        expression(log.getFieldsOrThrow("filter").getStructValue())))
                .toList();
        return new Node().with("metrics", metrics(configs, TCP, labels)).with("logs", logs);
    }

    private static String expression(AccessLogFilter filter) {
        return filter.getAndFilter().getFiltersList().stream()
                .map(each -> each.getExtensionFilter().getTypedConfig())
                .flatMap(config -> Protos.unpack(config, TypedStruct.class).stream())
                .map(config -> text(config.getValue(), "expression"))
                .findFirst()
                .orElse("");
    }

    private static String expression(Struct filter) {
        var both = filter.getFieldsOrDefault("and_filter", Value.getDefaultInstance())
                .getStructValue();
        return values(both, "filters").stream()
                .map(Value::getStructValue)
                .filter(each -> each.containsFields("extension_filter"))
                .map(each -> each.getFieldsOrThrow("extension_filter").getStructValue())
                .map(each -> text(each.getFieldsOrThrow("typed_config").getStructValue(), "expression"))
                .findFirst()
                .orElse("");
    }

    private static Node metrics(List<Struct> configs, List<String> names, List<String> labels) {
        var stats = configs.stream()
                .flatMap(config -> Stream.of("counters", "histograms").flatMap(kind -> values(config, kind).stream()))
                .map(value -> value.getStructValue().getFieldsOrThrow("stat").getStructValue())
                .toList();
        var result = new Node();
        for (String name : names) {
            result.with(
                    name,
                    stats.stream()
                            .filter(stat -> text(stat, "name").equals("istio_" + name))
                            .findFirst()
                            .map(stat -> changes(stat, labels))
                            .orElseGet(() -> new Node().with("dropped", true)));
        }
        return result;
    }

    private static Node changes(Struct stat, List<String> labels) {
        var tags = new Node();
        var removed = new TreeSet<>(labels);
        for (var tag : values(stat, "tags")) {
            String name = text(tag.getStructValue(), "name");
            removed.remove(name);
            expression(text(tag.getStructValue(), "value_format")).forEach(cel -> tags.put(name, cel));
        }
        return new Node().with("tags", tags).with("removed", new ArrayList<>(removed));
    }

    private static List<String> expression(String format) {
        if (!format.startsWith("%COALESCE(")) {
            return List.of();
        }
        var first = JsonParser.parseString(format.substring("%COALESCE(".length(), format.length() - 2))
                .getAsJsonObject()
                .getAsJsonArray("operators")
                .get(0)
                .getAsJsonObject();
        return first.get("command").getAsString().equals("CEL")
                ? List.of(first.get("param").getAsString())
                : List.of();
    }

    private static String text(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getStringValue();
    }

    private static List<Value> values(Struct struct, String field) {
        return struct.getFieldsOrDefault(field, Value.getDefaultInstance())
                .getListValue()
                .getValuesList();
    }
}
