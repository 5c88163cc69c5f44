package dev.binnacle.plugin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.concurrent.TimeUnit;

/** A program that reports its spans by OpenTelemetry's own SDK. */
final class Sdk implements AutoCloseable {
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    private Sdk(SpanExporter exporter) {
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), "shop")))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        tracer = provider.get("test");
    }

    static Sdk overGrpc(OtlpReceiver receiver) {
        return new Sdk(OtlpGrpcSpanExporter.builder()
                .setEndpoint("http://127.0.0.1:" + receiver.grpcPort())
                .setCompression("gzip")
                .build());
    }

    static Sdk overHttp(OtlpReceiver receiver, String compression) {
        return new Sdk(OtlpHttpSpanExporter.builder()
                .setEndpoint("http://127.0.0.1:" + receiver.httpPort() + "/v1/traces")
                .setCompression(compression)
                .build());
    }

    Span span(String name) {
        return tracer.spanBuilder(name).startSpan();
    }

    Span child(Span parent, String name) {
        return tracer.spanBuilder(name).setParent(Context.root().with(parent)).startSpan();
    }

    Tracer tracer() {
        return tracer;
    }

    /** Sends what has ended, and expects to be told that it arrived. */
    void mustFlush() {
        assertThat(provider.forceFlush().join(10, TimeUnit.SECONDS).isSuccess()).isTrue();
    }

    @Override
    public void close() {
        provider.shutdown().join(5, TimeUnit.SECONDS);
    }
}
