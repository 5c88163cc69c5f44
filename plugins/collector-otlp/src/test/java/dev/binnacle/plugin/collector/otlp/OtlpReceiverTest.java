package dev.binnacle.plugin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.SpanKind;
import dev.binnacle.spi.model.SpanStatus;
import dev.binnacle.spi.testkit.Basket;
import dev.binnacle.spi.testkit.TestContext;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpReceiverTest {
    private static final int MAX_BYTES = 100_000;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Basket basket = new Basket();
    private TestContext context;
    private OtlpReceiver receiver;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        var factory = new OtlpReceiverFactory();
        context = TestContext.of(
                factory,
                Map.of(
                        "grpc-port", "0",
                        "http-port", "0",
                        "max-request-bytes", Integer.toString(MAX_BYTES),
                        "max-requests", "2",
                        "request-timeout", "3s"));
        receiver = (OtlpReceiver) factory.create(context);
        receiver.start(basket);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", receiver.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        receiver.close();
        context.close();
        http.close();
    }

    @Test
    void spansOfTheSdkArriveOverGrpc() {
        try (var sdk = Sdk.overGrpc(receiver)) {
            arriveWhole(sdk);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "none"})
    void spansOfTheSdkArriveOverHttp(String compression) {
        try (var sdk = Sdk.overHttp(receiver, compression)) {
            arriveWhole(sdk);
        }
    }

    private void arriveWhole(Sdk sdk) {
        var parent = sdk.tracer()
                .spanBuilder("GET /items")
                .setSpanKind(io.opentelemetry.api.trace.SpanKind.SERVER)
                .setAttribute("http.status_code", 503L)
                .setAttribute(AttributeKey.stringArrayKey("tags"), List.of("a", "b\"c"))
                .startSpan();
        var child = sdk.child(parent, "ask inventory");
        child.recordException(new IllegalStateException("empty"));
        child.setStatus(StatusCode.ERROR, "no answer");
        child.end();
        parent.end();
        sdk.mustFlush();

        var byName = basket.spans().stream().collect(Collectors.toMap(Span::name, span -> span));
        var server = byName.get("GET /items");
        assertThat(server.context().traceId()).isEqualTo(parent.getSpanContext().getTraceId());
        assertThat(server.context().spanId()).isEqualTo(parent.getSpanContext().getSpanId());
        assertThat(server.parentId()).isEmpty();
        assertThat(server.kind()).isEqualTo(SpanKind.SERVER);
        assertThat(server.service()).isEqualTo("shop");
        assertThat(server.attributes())
                .containsEntry("http.status_code", "503")
                .containsEntry("tags", "[\"a\",\"b\\\"c\"]");
        var call = byName.get("ask inventory");
        assertThat(call.parentId()).isEqualTo(server.context().spanId());
        assertThat(call.status()).isEqualTo(new SpanStatus(SpanStatus.Code.ERROR, "no answer"));
        assertThat(call.events()).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("exception");
            assertThat(event.attributes()).containsEntry("exception.message", "empty");
        });
        assertThat(call.start()).isBetween(server.start(), server.end());
        assertThat(context.meterValues()).containsEntry("otlp_spans", 2.0);
    }

    @Test
    void aSpanThatIsNoneIsRejectedAloneAndItsSenderTold() throws Exception {
        var good = span("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        var noTrace = span("00000000000000000000000000000000", "b7ad6b7169203332");
        var shortId = span("0af7651916cd43dd8448eb211c80319c", "b7ad");

        var overHttp = ExportTraceServiceResponse.parseFrom(
                post(request(good, noTrace, shortId).toByteArray()).body());
        var overGrpc = TraceServiceGrpc.newBlockingStub(channel).export(request(good, noTrace));

        assertThat(overHttp.getPartialSuccess().getRejectedSpans()).isEqualTo(2);
        assertThat(overHttp.getPartialSuccess().getErrorMessage())
                .isEqualTo("span 'x': a trace's id is 32 hexadecimal digits, not all zero, got"
                        + " '00000000000000000000000000000000'");
        assertThat(overGrpc.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(basket.spans()).hasSize(2);
        assertThat(context.meterValues()).containsEntry("otlp_rejected_spans", 3.0);
    }

    @Test
    void whatIsNoOtlpIsMalformedAndNotToBeSentAgain() throws Exception {
        var overHttp = post("GET me out of here".getBytes(StandardCharsets.UTF_8));
        var noGzip = post("no gzip".getBytes(StandardCharsets.UTF_8), "content-encoding", "gzip");
        var cut = post(Arrays.copyOf(gzip(request().toByteArray()), 12), "content-encoding", "gzip");

        assertThat(overHttp.statusCode()).isEqualTo(400);
        assertThat(overHttp.headers().firstValue("retry-after")).isEmpty();
        assertThat(reason(overHttp)).startsWith("the body is no /v1/traces request: ");
        assertThat(noGzip.statusCode()).isEqualTo(400);
        assertThat(reason(noGzip)).startsWith("the body does not unpack: ");
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(refusalOf(raw("no proto".getBytes(StandardCharsets.UTF_8))).getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(context.meterValues()).containsEntry("otlp_refused_malformed_requests", 4.0);
        assertThat(basket.spans()).isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedPackedOrNot() throws Exception {
        byte[] huge = new byte[MAX_BYTES + 1];
        byte[] bomb = gzip(new byte[50 * MAX_BYTES]);

        assertThat(bomb.length).isLessThan(MAX_BYTES);
        assertThat(post(huge).statusCode()).isEqualTo(413);
        assertThat(post(bomb, "content-encoding", "gzip").statusCode()).isEqualTo(413);
        assertThat(refusalOf(raw(huge)).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refusalOf(() -> TraceServiceGrpc.newBlockingStub(channel)
                                .withCompression("gzip")
                                .export(request(span("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331").toBuilder()
                                        .setName("x".repeat(2 * MAX_BYTES))
                                        .build())))
                        .getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        await().untilAsserted(() -> assertThat(context.meterValues().get("otlp_refused_too_large_requests"))
                .isGreaterThanOrEqualTo(3));
        assertThat(basket.spans()).isEmpty();
    }

    @Test
    void whoTakesTooLongIsToldAndDoesNotKeepOthersOut() throws Exception {
        try (var slow = new Socket("127.0.0.1", receiver.httpPort())) {
            slow.getOutputStream()
                    .write(("POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\n"
                                    + "content-length: 100\r\n\r\nabc")
                            .getBytes(StandardCharsets.US_ASCII));
            slow.setSoTimeout(10_000);
            var answer = new String(slow.getInputStream().readNBytes(20), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 408");
        }
        assertThat(context.meterValues()).containsEntry("otlp_refused_too_slow_requests", 1.0);
        assertThat(post(request(span("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"))
                                .toByteArray())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whenTooManyComeAtOnceTheyMayComeAgain() throws Exception {
        try (var first = pending();
                var second = pending()) {
            await().untilAsserted(() -> {
                var busy = post(new byte[0]);
                assertThat(busy.statusCode()).isEqualTo(503);
                assertThat(busy.headers().firstValue("retry-after")).contains("1");
            });
            var refusal = Assertions.catchThrowableOfType(
                    StatusRuntimeException.class, () -> raw(new byte[0]).run());
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(refusal.getTrailers().keys()).contains("grpc-status-details-bin");
            assertThat(first.isClosed() || second.isClosed()).isFalse();
        }
        // Those who went without an end gave their places back.
        await().untilAsserted(() -> assertThat(post(new byte[0]).statusCode()).isEqualTo(200));
    }

    @Test
    void oneConnectionCarriesManyRequests() throws Exception {
        for (int i = 1; i <= 50; i++) {
            post(request(span("0af7651916cd43dd8448eb211c80319c", "%016x".formatted(i)))
                    .toByteArray());
            assertThat(basket.spans()).hasSize(i);
        }
    }

    @Test
    void whatNobodyTakesIsSaid() throws Exception {
        assertThat(reason(send("/v1/logs", new byte[0], "content-type", "application/x-protobuf")))
                .isEqualTo("there is nothing here but /v1/traces and /v1/metrics");
        assertThat(reason(send("/v1/traces", new byte[0], "content-type", "text/plain")))
                .isEqualTo("the content type is application/x-protobuf here, got 'text/plain'");
        assertThat(reason(post(new byte[3], "content-encoding", "br")))
                .isEqualTo("a body is packed by gzip or not at all, got 'br'");
        assertThat(http.send(HttpRequest.newBuilder(uri("/v1/traces")).GET().build(), BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(404);
    }

    private static io.opentelemetry.proto.trace.v1.Span span(String traceId, String spanId) {
        return io.opentelemetry.proto.trace.v1.Span.newBuilder()
                .setTraceId(ByteString.fromHex(traceId))
                .setSpanId(ByteString.fromHex(spanId))
                .setName("x")
                .setStartTimeUnixNano(1_000)
                .setEndTimeUnixNano(2_000)
                .build();
    }

    private static ExportTraceServiceRequest request(io.opentelemetry.proto.trace.v1.Span... spans) {
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
                .build();
    }

    /** A request whose body does not come to its end. */
    private Socket pending() throws IOException {
        var socket = new Socket("127.0.0.1", receiver.httpPort());
        socket.getOutputStream()
                .write(("POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-protobuf\r\n"
                                + "content-length: 10\r\n\r\nabc")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private HttpResponse<byte[]> post(byte[] body, String... headers) throws Exception {
        var all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("content-type", "application/x-protobuf"));
        return send("/v1/traces", body, all.toArray(String[]::new));
    }

    private HttpResponse<byte[]> send(String path, byte[] body, String... headers) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(5))
                        .headers(headers)
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + receiver.httpPort() + path);
    }

    private static String reason(HttpResponse<byte[]> response) throws IOException {
        return com.google.rpc.Status.parseFrom(response.body()).getMessage();
    }

    /** A gRPC call with these bytes as its message. */
    private Runnable raw(byte[] message) {
        var marshaller = new MethodDescriptor.Marshaller<byte[]>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                return new byte[0];
            }
        };
        var method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
                .setRequestMarshaller(marshaller)
                .setResponseMarshaller(marshaller)
                .build();
        return () -> ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message);
    }

    private static Status refusalOf(Runnable call) {
        var thrown = Assertions.catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(thrown).isNotNull();
        return thrown.getStatus();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        }
        return packed.toByteArray();
    }
}
