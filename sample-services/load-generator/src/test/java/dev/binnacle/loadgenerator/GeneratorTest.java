package dev.binnacle.loadgenerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void waitsUntilTheShopOpensAndCountsNothingBefore() throws IOException {
        var status = new AtomicInteger(503);
        var knocks = new AtomicInteger();
        var shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            knocks.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        shop.start();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var generator = generator(shop.getAddress().getPort(), threads)) {
            await().until(() -> knocks.get() >= 2);
            assertThat(meters.get("loadgen.waiting").gauge().value()).isEqualTo(1);
            assertThat(sent()).isZero();

            status.set(200);
            await().until(() -> sent() >= 5);
            assertThat(meters.get("loadgen.waiting").gauge().value()).isZero();
            assertThat(generator.isAlive()).isTrue();
        } finally {
            shop.stop(0);
        }
    }

    private Generator generator(int port, ExecutorService threads) {
        var metrics = new LoadMetrics(meters);
        var target = URI.create("http://localhost:" + port + "/");
        var gun = new Gun(target, Duration.ofSeconds(5), 100, threads, metrics);
        return new Generator(new Plan(Map.of(Kind.PAGE, 1), new SplittableRandom(1)), 50, gun, metrics);
    }

    private double sent() {
        return meters.get("loadgen.requests").tag("kind", "page").counter().count();
    }
}
