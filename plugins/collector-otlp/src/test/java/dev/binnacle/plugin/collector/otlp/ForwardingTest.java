package dev.binnacle.plugin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.testkit.Basket;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
    private final OtlpReceiverFactory factory = new OtlpReceiverFactory();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer endpoint;
    private volatile int answer = 200;
    private volatile String token = "";

    private String endpoint() throws IOException {
        endpoint = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        endpoint.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                token = exchange.getRequestHeaders().getFirst("x-token");
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(answer, -1);
            }
        });
        endpoint.start();
        return "http://127.0.0.1:" + endpoint.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        if (endpoint != null) {
            endpoint.stop(0);
        }
    }

    @Test
    void anotherReceiverGetsEverythingAsItCame() throws Exception {
        var arrived = new Basket();
        try (var there = context(Map.of());
                var second = (OtlpReceiver) factory.create(there)) {
            second.start(arrived);
            try (var here = context(Map.of("forward-endpoint", "http://127.0.0.1:" + second.httpPort() + "/"));
                    var first = (OtlpReceiver) factory.create(here);
                    var kept = running(first)) {
                kept.span("one").end();
                kept.mustFlush();

                await().until(() -> arrived.spans().size() == 1);
                await().until(() -> value(here, "otlp_forwarded_spans") == 1);
                assertThat(value(here, "otlp_forward_lost_spans")).isZero();
            }
        }
    }

    @Test
    void whatIsBusyIsAskedAgainAndNothingIsLost() throws Exception {
        answer = 503;
        try (var context = context(Map.of("forward-endpoint", endpoint(), "forward-headers", "x-token=hush"));
                var receiver = (OtlpReceiver) factory.create(context);
                var sdk = running(receiver)) {
            sdk.span("one").end();
            sdk.mustFlush();
            await().until(() -> asked.get() >= 2);
            answer = 200;

            await().until(() -> value(context, "otlp_forwarded_spans") == 1);
            assertThat(token).isEqualTo("hush");
            assertThat(value(context, "otlp_forward_lost_spans")).isZero();
        }
    }

    @Test
    void whatIsRefusedForGoodIsLostOnceAndCounted() throws Exception {
        answer = 400;
        try (var context = context(Map.of("forward-endpoint", endpoint()));
                var receiver = (OtlpReceiver) factory.create(context);
                var sdk = running(receiver)) {
            sdk.span("one").end();
            sdk.mustFlush();

            await().until(() -> value(context, "otlp_forward_lost_spans") == 1);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void whenTooMuchWaitsTheOldestGoesAndTheEndIsCountedToo() throws Exception {
        var settings = new Forwarding(
                URI.create("http://127.0.0.1:1"), Map.of(), 1_000, Duration.ofSeconds(1), Duration.ofMinutes(1));
        try (var context = context(Map.of())) {
            var forwarder = new Forwarder(settings, context.http(), new Accounts(context.meters()), context.log());
            forwarder.start();
            for (int i = 0; i < 30; i++) {
                forwarder.offer(Signal.TRACES, new byte[100], 1);
            }
            // One may be under way already.
            assertThat(value(context, "otlp_forward_lost_spans")).isBetween(19.0, 20.0);
            forwarder.close();
            assertThat(value(context, "otlp_forward_lost_spans")).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no equals hush", "bad name=hush", "host=hush", "connection=hush", "x=hu\u0001sh"})
    void aHeaderThatIsNoneIsSaidWithoutItsValue(String header) throws Exception {
        try (var context = context(Map.of("forward-endpoint", "http://127.0.0.1:1", "forward-headers", header))) {
            assertThatThrownBy(() -> factory.create(context))
                    .isInstanceOf(InvalidConfigException.class)
                    .message()
                    .startsWith("forward-headers: ")
                    .doesNotContain("hu");
        }
    }

    @Test
    void itDoesNotSendToItself() throws Exception {
        try (var context =
                TestContext.of(factory, Map.of("http-port", "14318", "forward-endpoint", "http://localhost:14318"))) {
            assertThatThrownBy(() -> factory.create(context))
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("http://localhost:14318 is this receiver itself");
        }
    }

    private static Sdk running(OtlpReceiver receiver) throws Exception {
        receiver.start(new Basket());
        return Sdk.overHttp(receiver, "gzip");
    }

    private TestContext context(Map<String, String> more) throws InvalidConfigException {
        var settings = new HashMap<>(Map.of("grpc-port", "0", "http-port", "0"));
        settings.putAll(more);
        return TestContext.of(factory, settings);
    }

    private static double value(TestContext context, String meter) {
        return context.meterValues().getOrDefault(meter, 0.0);
    }
}
