package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Telemetry.LogFormat;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ExtensionFilter;
import io.envoyproxy.envoy.config.accesslog.v3.LogTypeFilter;
import io.envoyproxy.envoy.data.accesslog.v3.AccessLogType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders what a proxy writes to its access log: a file in its working folder, whatever a cluster's would be called. */
final class AccessLogs {
    private static final String NAME = "envoy.access_loggers.file";
    private static final String TYPE = "envoy.extensions.access_loggers.file.v3.FileAccessLog";
    private static final String CEL = "envoy.access_loggers.extension_filters.cel";
    private static final String CEL_TYPE = "envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter";
    private static final String FILE = "access.log";

    private AccessLogs() {}

    /** Returns the loggers of an HTTP connection manager: each request is written when it has ended. */
    static List<AccessLog> http(List<dev.binnacle.mesh.ir.Telemetry.AccessLog> logs) {
        return logs.stream().map(AccessLogs::http).toList();
    }

    private static AccessLog http(dev.binnacle.mesh.ir.Telemetry.AccessLog log) {
        var ended = AccessLogFilter.newBuilder()
                .setLogTypeFilter(LogTypeFilter.newBuilder().addTypes(AccessLogType.DownstreamEnd))
                .build();
        var filter = log.filter()
                .map(expression -> AccessLogFilter.newBuilder()
                        .setAndFilter(AndFilter.newBuilder().addFilters(ended).addFilters(cel(expression)))
                        .build())
                .orElse(ended);
        return AccessLog.newBuilder()
                .setName(NAME)
                .setFilter(filter)
                .setTypedConfig(Protos.typedStruct(TYPE, config(log)))
                .build();
    }

    private static AccessLogFilter cel(String expression) {
        return AccessLogFilter.newBuilder()
                .setExtensionFilter(ExtensionFilter.newBuilder()
                        .setName(CEL)
                        .setTypedConfig(Protos.typedStruct(CEL_TYPE, Map.of("expression", expression))))
                .build();
    }

    /** Returns the loggers of a TCP proxy: each connection is written when it has ended. */
    static List<Map<String, Object>> tcp(List<dev.binnacle.mesh.ir.Telemetry.AccessLog> logs) {
        return logs.stream().map(AccessLogs::tcp).toList();
    }

    private static Map<String, Object> tcp(dev.binnacle.mesh.ir.Telemetry.AccessLog log) {
        Map<String, Object> ended = Map.of("log_type_filter", Map.of("types", List.of("TcpConnectionEnd")));
        var config = new LinkedHashMap<String, Object>(config(log));
        config.put("@type", Protos.TYPE + TYPE);
        return Map.of(
                "name",
                NAME,
                "filter",
                log.filter()
                        .<Map<String, Object>>map(expression ->
                                Map.of("and_filter", Map.of("filters", List.of(ended, celOf(expression)))))
                        .orElse(ended),
                "typed_config",
                config);
    }

    private static Map<String, Object> celOf(String expression) {
        return Map.of(
                "extension_filter",
                Map.of("name", CEL, "typed_config", Map.of("@type", Protos.TYPE + CEL_TYPE, "expression", expression)));
    }

    private static Map<String, Object> config(dev.binnacle.mesh.ir.Telemetry.AccessLog log) {
        var format = new LinkedHashMap<String, Object>();
        switch (log.format()) {
            case LogFormat.Text(String text) -> format.put("text_format_source", Map.of("inline_string", text));
            case LogFormat.Json(var fields) -> format.put("json_format", fields);
        }
        if (log.omitsEmpty()) {
            format.put("omit_empty_values", true);
        }
        if (log.format().toString().contains("%REQ_WITHOUT_QUERY")) {
            format.put("formatters", List.of(withoutQuery()));
        }
        return Map.of("path", FILE, "log_format", format);
    }

    private static Map<String, Object> withoutQuery() {
        return Map.of(
                "name",
                "envoy.formatter.req_without_query",
                "typed_config",
                Map.of("@type", Protos.TYPE + "envoy.extensions.formatter.req_without_query.v3.ReqWithoutQuery"));
    }
}
