package dev.binnacle.prometheus.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.binnacle.prometheus.http.Identity;
import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.export.ExportException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    private static final String ID = "spiffe://cluster.local/ns/default/sa/receiver";

    @TempDir
    private static Path folder;

    @Test
    void requestsGoOverOneConnectionWithTheirHeaders() throws Exception {
        try (var receiver = RawReceiver.plain();
                var endpoint = endpoint(receiver, "headers", "X-Scope=a, X-Key=b=c", "bearer-token", "t0ken")) {
            assertThat(send(endpoint, "one").isSuccess()).isTrue();
            assertThat(send(endpoint, "two").body()).asString().isEqualTo("taken");

            assertThat(receiver.bodies).containsExactly("one", "two");
            assertThat(receiver.connections).hasValue(1);
            assertThat(receiver.heads)
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("POST /in?x=1 HTTP/1.1\r\n")
                            .contains("Host: " + receiver.authority() + "\r\n", "Content-Type: text/x\r\n")
                            .contains("X-Scope: a\r\n", "X-Key: b=c\r\n", "Authorization: Bearer t0ken\r\n"));
        }
    }

    @Test
    void aConnectionThatTheReceiverClosedMeanwhileIsOpenedAgain() throws Exception {
        try (var receiver = RawReceiver.plain();
                var endpoint = endpoint(receiver)) {
            send(endpoint, "one");
            receiver.hangUp();
            assertThat(send(endpoint, "two").isSuccess()).isTrue();
            assertThat(receiver.bodies).containsExactly("one", "two");
        }
    }

    @Test
    void anAnswerBeforeTheEndOfTheBodyIsHeard() throws Exception {
        try (var receiver = RawReceiver.plain();
                var endpoint = endpoint(receiver)) {
            receiver.afterHead = RawReceiver.answer(413, "Connection: close\r\n", "too much");
            var answer = send(endpoint, "x".repeat(100_000));
            assertThat(answer.failure(Answer.PASSING, () -> Instant.EPOCH).isTooLarge())
                    .isTrue();
        }
    }

    @Test
    void whoeverIsInterruptedIsFreeAtOnceAndMaySendAgain() throws Exception {
        var end = new CountDownLatch(1);
        try (var receiver = RawReceiver.plain();
                var endpoint = endpoint(receiver, "timeout", "1h")) {
            receiver.behaviour = out -> {
                Awaitility.await().until(() -> end.getCount() == 0);
                return false;
            };
            var outcome = new CompletableFuture<Throwable>();
            var thread = Thread.ofPlatform().start(() -> outcome.complete(thrown(endpoint)));
            Awaitility.await().until(() -> receiver.bodies.size() == 1);
            thread.interrupt();
            assertThat(outcome.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);

            receiver.behaviour = RawReceiver.answer(204, "", "");
            assertThat(send(endpoint, "again").isSuccess()).isTrue();
        } finally {
            end.countDown();
        }
    }

    @Test
    void aReceiverIsBelievedByItsCertificateAndBelievesTheClientByIts() throws Exception {
        var server = Identity.make(folder, "receiver", "ip:127.0.0.1,uri:" + ID);
        var client = Identity.make(folder, "client", "uri:spiffe://cluster.local/ns/default/sa/binnacle");
        String ca = server.certificate().toString();
        String[] own = {
            "cert-file",
            client.certificate().toString(),
            "key-file",
            client.key().toString()
        };
        try (var receiver = new RawReceiver(server.server(client))) {
            for (String name : new String[] {"", ID}) {
                try (var endpoint =
                        endpoint(receiver, "ca-file", ca, "server-name", name, own[0], own[1], own[2], own[3])) {
                    assertThat(send(endpoint, "one").isSuccess()).isTrue();
                }
            }
            int taken = receiver.bodies.size();
            for (String[] wrong : new String[][] {
                {own[0], own[1], own[2], own[3]},
                {"ca-file", ca, "server-name", ID + "2", own[0], own[1], own[2], own[3]},
                {"ca-file", ca}
            }) {
                try (var endpoint = endpoint(receiver, wrong)) {
                    assertThat(thrown(endpoint))
                            .isInstanceOfSatisfying(
                                    ExportException.class,
                                    e -> assertThat(e.kind()).isEqualTo(FailureKind.TRANSIENT));
                }
            }
            assertThat(receiver.bodies).hasSize(taken);
        }
    }

    @Test
    void noConnectionLeadsToServicesForMetadata() throws Exception {
        var settings = Settings.bind(EndpointSettings.with(), Map.of());
        try (var endpoint = EndpointSettings.endpoint(settings, URI.create("http://169.254.169.254/latest"))) {
            assertThat(thrown(endpoint)).hasMessageContaining("connections to 169.254.169.254 are refused");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "headers,X-One,one of them is not NAME=VALUE",
        "headers,s3cret: x=y,one of them is not NAME=VALUE",
        "cert-file,/x,a certificate and its key go together",
        "bearer-token-file,/x,'bearer-token is there, too'"
    })
    void settingsThatCannotWorkAreExplainedWithoutTheirSecrets(String key, String value, String message) {
        var written = new HashMap<>(Map.of(key, value));
        written.putIfAbsent("bearer-token", "s3cret");
        assertThatThrownBy(() -> EndpointSettings.endpoint(
                        Settings.bind(EndpointSettings.with(), written), URI.create("http://127.0.0.1/")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("s3cret");
    }

    private static Throwable thrown(Endpoint endpoint) {
        return catchThrowableOfType(Exception.class, () -> send(endpoint, "lost"));
    }

    private static Answer send(Endpoint endpoint, String body) throws ExportException, InterruptedException {
        byte[] bytes = (body + "and more").getBytes(StandardCharsets.UTF_8);
        return endpoint.send("POST", Map.of("Content-Type", "text/x"), bytes, body.length());
    }

    private static Endpoint endpoint(RawReceiver receiver, String... settings) throws Exception {
        var written = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            written.put(settings[i], settings[i + 1]);
        }
        String scheme = written.containsKey("ca-file") || written.containsKey("cert-file") ? "https" : "http";
        return EndpointSettings.endpoint(
                Settings.bind(EndpointSettings.with(), written),
                URI.create(scheme + "://" + receiver.authority() + "/in?x=1"));
    }
}
