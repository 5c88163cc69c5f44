package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeySetStoreTest {
    private static final String KEYS = "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"x\"}]}";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicReference<String> answer = new AtomicReference<>(KEYS);
    private final KeySetStore store = new KeySetStore(now::get);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            if (exchange.getRequestURI().getPath().equals("/moved")) {
                exchange.getResponseHeaders().set("location", "/keys");
                exchange.sendResponseHeaders(302, -1);
            } else {
                byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String uri(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Manifests naming(String uri) {
        String text = """
                apiVersion: security.istio.io/v1
                kind: RequestAuthentication
                metadata: {name: a}
                spec: {jwtRules: [{issuer: a, jwksUri: "%s"}]}
                """.formatted(uri);
        return Translation.read(List.of(new ManifestFile("a.yaml", text))).value();
    }

    private void awaitRequests(int count, Manifests manifests) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            store.poll(manifests);
            assertThat(requests).hasValue(count);
        });
    }

    @Test
    void aKeySetIsFetchedAndFetchedAgainAndKept() {
        var manifests = naming(uri("/keys"));
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () -> assertThat(store.poll(manifests).at(uri("/keys"))).contains(KEYS));
        assertThat(requests).hasValue(1);

        answer.set("no key set any more");
        now.set(now.get().plus(Duration.ofMinutes(21)));
        awaitRequests(2, manifests);
        assertThat(store.poll(manifests).at(uri("/keys"))).contains(KEYS);

        assertThat(store.poll(new Manifests(List.of())).byUri()).isEmpty();
    }

    @Test
    void whatIsNoSetOfPublicKeysIsNotTaken() {
        var manifests = naming(uri("/keys"));
        answer.set("{\"keys\":[{\"kty\":\"oct\",\"k\":\"secret\"}]}");

        awaitRequests(1, manifests);
        now.set(now.get().plus(Duration.ofSeconds(2)));
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            now.set(now.get().plus(Duration.ofSeconds(2)));
            store.poll(manifests);
            assertThat(requests.get()).isGreaterThan(1);
        });
        assertThat(store.poll(manifests).byUri()).isEmpty();
    }

    @Test
    void nobodyIsFollowedElsewhere() {
        var manifests = naming(uri("/moved"));

        awaitRequests(1, manifests);
        assertThat(store.poll(manifests).byUri()).isEmpty();
        assertThat(new KeySetStore(now::get)
                        .poll(naming("http://192.0.2.1/keys"))
                        .byUri())
                .isEmpty();
    }
}
