package dev.binnacle.mesh.oracle;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;

/** What is told of single requests: lines of access logs, and spans. */
final class NormalRequests {
    private NormalRequests() {}

    /** Returns a file logger; where the file is differs. */
    static Node log(Struct config, String filter) {
        var format = config.getFieldsOrThrow("log_format").getStructValue();
        var text = format.getFieldsOrDefault("text_format_source", Value.getDefaultInstance())
                .getStructValue()
                .getFieldsOrDefault("inline_string", Value.getDefaultInstance());
        var json = format.getFieldsOrDefault("json_format", Value.getDefaultInstance());
        return new Node()
                .with("text", text.getStringValue())
                .with("json", Protos.plain(json.getStructValue()))
                .with(
                        "omitsEmpty",
                        format.getFieldsOrDefault("omit_empty_values", Value.getDefaultInstance())
                                .getBoolValue())
                .with("filter", filter);
    }

    static Node tracing(HttpConnectionManager manager) {
        var tracing = manager.getTracing();
        if (!tracing.hasProvider()) {
            return new Node();
        }
        var result = new Node();
        result.put("random", number(tracing.getRandomSampling().getValue()));
        result.put("client", number(tracing.getClientSampling().getValue()));
        result.put("overall", number(tracing.getOverallSampling().getValue()));
        result.with("spawnsUpstreamSpan", tracing.getSpawnUpstreamSpan().getValue())
                .with("maxPathTagLength", tracing.getMaxPathTagLength().getValue())
                .with("tags", tags(tracing.getCustomTagsList()));
        Protos.unpack(tracing.getProvider().getTypedConfig(), OpenTelemetryConfig.class)
                .ifPresent(config -> result.with("http", Protos.plain(config.getHttpService()))
                        .with("grpc", Protos.plain(config.getGrpcService())));
        Protos.unpack(manager.getRequestIdExtension().getTypedConfig(), UuidRequestIdConfig.class)
                .filter(config -> config.hasUseRequestIdForTraceSampling()
                        && !config.getUseRequestIdForTraceSampling().getValue())
                .ifPresent(config -> result.put("samplesByRequestId", false));
        return result;
    }

    private static Node tags(java.util.List<CustomTag> tags) {
        var result = new Node();
        for (var tag : tags) {
            var value = Protos.plain(tag);
            value.remove("tag");
            result.put(tag.getTag(), value);
        }
        return result;
    }

    private static Number number(double value) {
        return value == Math.rint(value) ? (Number) (int) value : (Number) value;
    }
}
