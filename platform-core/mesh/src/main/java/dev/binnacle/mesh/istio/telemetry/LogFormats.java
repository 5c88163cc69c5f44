package dev.binnacle.mesh.istio.telemetry;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.cel.CelExpression;
import dev.binnacle.mesh.ir.Telemetry.LogFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Formats of access logs: Istio's own, and what Envoy accepts in others. A wrong one would make it refuse every listener. */
final class LogFormats {
    /** What Istio writes when nobody says anything else. */
    static final LogFormat.Text TEXT =
            new LogFormat.Text("[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% "
                    + "%PROTOCOL%\" %RESPONSE_CODE% %RESPONSE_FLAGS% "
                    + "%RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "
                    + "\"%UPSTREAM_TRANSPORT_FAILURE_REASON%\" %BYTES_RECEIVED% %BYTES_SENT% "
                    + "%DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% \"%REQ(X-FORWARDED-FOR)%\" "
                    + "\"%REQ(USER-AGENT)%\" \"%REQ(X-REQUEST-ID)%\" \"%REQ(:AUTHORITY)%\" \"%UPSTREAM_HOST%\" "
                    + "%UPSTREAM_CLUSTER_RAW% %UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% "
                    + "%DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% %ROUTE_NAME%\n");

    /** The same as JSON. */
    static final LogFormat.Json JSON = new LogFormat.Json(new TreeMap<>(Map.ofEntries(
            Map.entry("start_time", "%START_TIME%"),
            Map.entry("route_name", "%ROUTE_NAME%"),
            Map.entry("method", "%REQ(:METHOD)%"),
            Map.entry("path", "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"),
            Map.entry("protocol", "%PROTOCOL%"),
            Map.entry("response_code", "%RESPONSE_CODE%"),
            Map.entry("response_flags", "%RESPONSE_FLAGS%"),
            Map.entry("response_code_details", "%RESPONSE_CODE_DETAILS%"),
            Map.entry("connection_termination_details", "%CONNECTION_TERMINATION_DETAILS%"),
            Map.entry("bytes_received", "%BYTES_RECEIVED%"),
            Map.entry("bytes_sent", "%BYTES_SENT%"),
            Map.entry("duration", "%DURATION%"),
            Map.entry("upstream_service_time", "%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%"),
            Map.entry("x_forwarded_for", "%REQ(X-FORWARDED-FOR)%"),
            Map.entry("user_agent", "%REQ(USER-AGENT)%"),
            Map.entry("request_id", "%REQ(X-REQUEST-ID)%"),
            Map.entry("authority", "%REQ(:AUTHORITY)%"),
            Map.entry("upstream_host", "%UPSTREAM_HOST%"),
            Map.entry("upstream_cluster", "%UPSTREAM_CLUSTER_RAW%"),
            Map.entry("upstream_local_address", "%UPSTREAM_LOCAL_ADDRESS%"),
            Map.entry("downstream_local_address", "%DOWNSTREAM_LOCAL_ADDRESS%"),
            Map.entry("downstream_remote_address", "%DOWNSTREAM_REMOTE_ADDRESS%"),
            Map.entry("requested_server_name", "%REQUESTED_SERVER_NAME%"),
            Map.entry("upstream_transport_failure_reason", "%UPSTREAM_TRANSPORT_FAILURE_REASON%"))));

    private static final Pattern OPERATOR = Pattern.compile("%([A-Z][A-Z0-9_]*)(?:\\(([^%]*)\\))?(?::[0-9]{1,5})?%");

    /** Operators that need the name of something. */
    private static final Set<String> WITH_NAME =
            Set.of("REQ", "RESP", "TRAILER", "REQ_WITHOUT_QUERY", "QUERY_PARAM", "ENVIRONMENT");

    private static final Set<String> WITHOUT = Set.of(("""
                    START_TIME START_TIME_LOCAL BYTES_RECEIVED BYTES_SENT PROTOCOL RESPONSE_CODE RESPONSE_CODE_DETAILS \
                    CONNECTION_TERMINATION_DETAILS RESPONSE_FLAGS RESPONSE_FLAGS_LONG DURATION REQUEST_DURATION \
                    REQUEST_TX_DURATION RESPONSE_DURATION RESPONSE_TX_DURATION UPSTREAM_HOST UPSTREAM_HOST_NAME \
                    UPSTREAM_CLUSTER UPSTREAM_CLUSTER_RAW UPSTREAM_LOCAL_ADDRESS UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT \
                    UPSTREAM_REMOTE_ADDRESS UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT UPSTREAM_REMOTE_PORT \
                    UPSTREAM_TRANSPORT_FAILURE_REASON UPSTREAM_REQUEST_ATTEMPT_COUNT UPSTREAM_TLS_VERSION \
                    UPSTREAM_PEER_URI_SAN UPSTREAM_LOCAL_URI_SAN UPSTREAM_WIRE_BYTES_SENT UPSTREAM_WIRE_BYTES_RECEIVED \
                    DOWNSTREAM_LOCAL_ADDRESS DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_LOCAL_PORT \
                    DOWNSTREAM_REMOTE_ADDRESS DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT DOWNSTREAM_REMOTE_PORT \
                    DOWNSTREAM_DIRECT_REMOTE_ADDRESS DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT DOWNSTREAM_TLS_VERSION \
                    DOWNSTREAM_PEER_URI_SAN DOWNSTREAM_LOCAL_URI_SAN DOWNSTREAM_PEER_SUBJECT \
                    DOWNSTREAM_TRANSPORT_FAILURE_REASON DOWNSTREAM_WIRE_BYTES_SENT DOWNSTREAM_WIRE_BYTES_RECEIVED \
                    REQUESTED_SERVER_NAME ROUTE_NAME VIRTUAL_CLUSTER_NAME HOSTNAME CONNECTION_ID STREAM_ID TRACE_ID \
                    GRPC_STATUS GRPC_STATUS_NUMBER FILTER_CHAIN_NAME ACCESS_LOG_TYPE""").split(" "));

    private static final Set<String> NOT_HERE =
            Set.of("FILTER_STATE", "UPSTREAM_FILTER_STATE", "METADATA", "CLUSTER_METADATA", "UPSTREAM_METADATA");

    private LogFormats() {}

    /** Returns a text as Istio writes it: with a line break at its end. */
    static LogFormat.Text text(String written) {
        return written.isEmpty() ? TEXT : new LogFormat.Text(written.endsWith("\n") ? written : written + "\n");
    }

    /** Returns what Envoy would not accept anywhere in {@code value}. */
    static Optional<String> problem(Object value) {
        return switch (value) {
            case String text -> ofText(text);
            case Map<?, ?> map -> first(map.values().stream());
            case List<?> list -> first(list.stream());
            default -> Optional.empty();
        };
    }

    private static Optional<String> first(Stream<?> all) {
        return all.flatMap(value -> problem(value).stream()).findFirst();
    }

    private static Optional<String> ofText(String text) {
        var operators = OPERATOR.matcher(text);
        int i = text.indexOf('%');
        while (i >= 0) {
            if (text.startsWith("%%", i)) {
                i = text.indexOf('%', i + 2);
                continue;
            }
            if (!operators.find(i) || operators.start() != i) {
                return Optional.of("a percent sign begins no operator");
            }
            String argument = operators.group(2);
            var problem = operator(operators.group(1), argument == null ? "" : argument);
            if (problem.isPresent()) {
                return problem;
            }
            i = text.indexOf('%', operators.end());
        }
        return Optional.empty();
    }

    private static Optional<String> operator(String name, String argument) {
        if (name.equals("CEL")) {
            return CelExpression.read(argument).problem();
        }
        if (NOT_HERE.contains(name)) {
            return Optional.of(name + " tells what Istio's own build of Envoy keeps there, which this one does not");
        }
        boolean fits = WITH_NAME.contains(name)
                ? !argument.isEmpty()
                : WITHOUT.contains(name) && (argument.isEmpty() || name.startsWith("START_TIME"))
                        || name.equals("DYNAMIC_METADATA") && !argument.isEmpty();
        return fits ? Optional.empty() : Optional.of("%" + name + "% is not an operator that Envoy accepts so");
    }
}
