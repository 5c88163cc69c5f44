package dev.binnacle.mesh.xds;

import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import dev.binnacle.mesh.ir.Tracing;
import dev.binnacle.mesh.ir.Tracing.Receiver;
import dev.binnacle.mesh.ir.Tracing.Tag;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.GrpcService.EnvoyGrpc;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.core.v3.HttpService;
import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.RequestIDExtension;
import io.envoyproxy.envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig;
import io.envoyproxy.envoy.type.tracing.v3.CustomTag;
import io.envoyproxy.envoy.type.v3.Percent;
import java.time.Duration;

/** Renders spans: Envoy's OpenTelemetry tracer, as Istio configures it. */
final class TracingRenderer {
    /** Envoy takes no receiver by HTTP without a time limit; Istio's default for others is this one. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private TracingRenderer() {}

    static void addTo(HttpConnectionManager.Builder manager, Tracing tracing, boolean spawns) {
        var result = HttpConnectionManager.Tracing.newBuilder()
                .setClientSampling(percent(100))
                .setRandomSampling(percent(tracing.sampling()))
                .setOverallSampling(percent(100))
                .setProvider(io.envoyproxy.envoy.config.trace.v3.Tracing.Http.newBuilder()
                        .setName("envoy.tracers.opentelemetry")
                        .setTypedConfig(Protos.any(receiver(tracing))));
        if (spawns) {
            result.setSpawnUpstreamSpan(BoolValue.of(true));
        }
        tracing.maxPathLength().ifPresent(length -> result.setMaxPathTagLength(UInt32Value.of(length)));
        tracing.tags().forEach((name, tag) -> result.addCustomTags(tag(name, tag)));
        manager.setTracing(result);
        if (!tracing.byRequestId()) {
            manager.setRequestIdExtension(RequestIDExtension.newBuilder()
                    .setTypedConfig(Protos.any(UuidRequestIdConfig.newBuilder()
                            .setUseRequestIdForTraceSampling(BoolValue.of(false))
                            .build())));
        }
    }

    private static Percent percent(double value) {
        return Percent.newBuilder().setValue(value).build();
    }

    private static CustomTag tag(String name, Tag tag) {
        var result = CustomTag.newBuilder().setTag(name);
        switch (tag) {
            case Tag.Literal(String value) ->
                result.setLiteral(CustomTag.Literal.newBuilder().setValue(value));
            case Tag.Environment(String variable, String otherwise) ->
                result.setEnvironment(
                        CustomTag.Environment.newBuilder().setName(variable).setDefaultValue(otherwise));
            case Tag.Header(String header, String otherwise) ->
                result.setRequestHeader(
                        CustomTag.Header.newBuilder().setName(header).setDefaultValue(otherwise));
        }
        return result.build();
    }

    private static OpenTelemetryConfig receiver(Tracing tracing) {
        var result = OpenTelemetryConfig.newBuilder().setServiceName(tracing.serviceName());
        var receiver = tracing.receiver();
        receiver.path()
                .ifPresentOrElse(
                        path -> result.setHttpService(http(receiver, path)),
                        () -> result.setGrpcService(grpc(receiver)));
        return result.build();
    }

    private static HttpService http(Receiver receiver, String path) {
        var result = HttpService.newBuilder()
                .setHttpUri(HttpUri.newBuilder()
                        .setUri(receiver.host() + (path.isEmpty() || path.startsWith("/") ? path : "/" + path))
                        .setCluster(receiver.cluster())
                        .setTimeout(Protos.duration(receiver.timeout().orElse(PATIENCE))));
        receiver.headers()
                .forEach((name, value) -> result.addRequestHeadersToAdd(HeaderValueOption.newBuilder()
                        .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))));
        return result.build();
    }

    private static GrpcService grpc(Receiver receiver) {
        var result = GrpcService.newBuilder()
                .setEnvoyGrpc(EnvoyGrpc.newBuilder()
                        .setClusterName(receiver.cluster())
                        .setAuthority(receiver.host()));
        receiver.timeout().ifPresent(time -> result.setTimeout(Protos.duration(time)));
        receiver.headers()
                .forEach((name, value) -> result.addInitialMetadata(
                        HeaderValue.newBuilder().setKey(name).setValue(value)));
        return result.build();
    }
}
