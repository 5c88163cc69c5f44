package dev.binnacle.plugin.collector.probe;

import static dev.binnacle.plugin.collector.probe.LineServer.http;
import static dev.binnacle.plugin.collector.probe.LineServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.prometheus.http.Identity;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.context.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What probes find out about servers, good and bad. */
class ProbeTest {
    @TempDir
    Path folder;

    @Test
    void aGoodAnswerIsASuccessWithItsPhases() throws Exception {
        try (var server = new LineServer(http("204 X", "", ""));
                var probes = Probes.of(folder, "- {name: a, url: 'http://%s/x?y=1'}".formatted(server.address()))) {
            assertThat(probes.run())
                    .containsEntry("a probe_success", 1.0)
                    .containsEntry("a probe_http_status_code", 204.0)
                    .containsEntry("a probe_http_redirects", 0.0)
                    .containsEntry("a probe_failed_due_to_regex", 0.0)
                    .containsKeys(
                            "a probe_duration_seconds",
                            "a probe_http_duration_seconds{phase=resolve}",
                            "a probe_http_duration_seconds{phase=connect}",
                            "a probe_http_duration_seconds{phase=processing}",
                            "a probe_http_duration_seconds{phase=transfer}")
                    .doesNotContainKey("a probe_ssl_earliest_cert_expiry");
            assertThat(server.heads().getFirst())
                    .startsWith("GET /x?y=1 HTTP/1.1\n")
                    .contains("Host: " + server.address() + "\n");
        }
    }

    @Test
    void statusesAndBodiesAreJudged() throws Exception {
        try (var server = new LineServer(http("418 X", "", "I am a teapot"));
                var probes = Probes.of(folder, """
                        - {name: plain, url: 'http://%1$s/'}
                        - {name: meant, url: 'http://%1$s/', valid_statuses: [418], matches: 'tea.ot$'}
                        - {name: lacks, url: 'http://%1$s/', valid_statuses: [418], matches: coffee}
                        - {name: has, url: 'http://%1$s/', valid_statuses: [418], matches_not: 'I am'}
                        """.formatted(server.address()))) {
            assertThat(probes.run())
                    .containsEntry("plain probe_success", 0.0)
                    .containsEntry("plain probe_http_status_code", 418.0)
                    .containsEntry("meant probe_success", 1.0)
                    .containsEntry("lacks probe_success", 0.0)
                    .containsEntry("lacks probe_failed_due_to_regex", 1.0)
                    .containsEntry("has probe_success", 0.0)
                    .containsEntry("has probe_failed_due_to_regex", 1.0);
        }
    }

    @Test
    void redirectsAreAnAnswerUnlessTheyShallBeFollowedAndCredentialsStay() throws Exception {
        try (var there = new LineServer(http("200 OK", "", "there"));
                var server = new LineServer(http("302 X", "Location: http://" + there.address() + "/there\r\n", ""));
                var loop = new LineServer(http("302 X", "Location: /\r\n", ""));
                var metadata = new LineServer(http("302 X", "Location: http://169.254.169.254/\r\n", ""));
                var probes = Probes.of(folder, """
                        - {name: stays, url: 'http://%1$s/', valid_statuses: [302]}
                        - {name: goes, url: 'http://%1$s/', follow_redirects: true, authorization: {credentials: token}}
                        - {name: turns, url: 'http://%2$s/', follow_redirects: true}
                        - {name: reads, url: 'http://%3$s/', follow_redirects: true}
                        """.formatted(server.address(), loop.address(), metadata.address()))) {
            assertThat(probes.run())
                    .containsEntry("stays probe_success", 1.0)
                    .containsEntry("goes probe_success", 1.0)
                    .containsEntry("goes probe_http_redirects", 1.0)
                    .containsEntry("turns probe_success", 0.0)
                    .containsEntry("reads probe_success", 0.0);
            assertThat(server.heads()).anyMatch(head -> head.contains("Authorization: Bearer token\n"));
            assertThat(there.heads()).singleElement().asString().doesNotContain("Authorization");
        }
    }

    @Test
    void specialAddressesAreRefusedBehindAProxyToo() throws Exception {
        try (var proxy = new LineServer(says("HTTP/1.1 200 OK\r\n\r\n"));
                var probes = Probes.of(folder, """
                        - {name: straight, url: 'http://169.254.169.254/'}
                        - {name: behind, url: 'tcp://169.254.169.254:80', through: 'http://%1$s'}
                        - {name: asked, url: 'http://169.254.169.254/', through: 'http://%1$s'}
                        """.formatted(proxy.address()))) {
            assertThat(probes.run())
                    .containsEntry("straight probe_success", 0.0)
                    .containsEntry("behind probe_success", 0.0)
                    .containsEntry("asked probe_success", 0.0);
            assertThat(proxy.heads()).isEmpty();
        }
    }

    @Test
    void theSameServerIsAskedThroughASidecarAndAroundIt() throws Exception {
        try (var server = new LineServer(http("200 OK", "", "well"));
                var sidecar = new LineServer(http("200 OK", "", "well"));
                var broken = new LineServer(http("503 X", "", ""));
                var probes = Probes.of(
                        folder,
                        """
                        - {name: through, url: 'http://catalog:8080/', through: 'http://%1$s', matches: well}
                        - {name: broken, url: 'http://catalog:8080/', through: 'http://%2$s'}
                        - {name: around, url: 'http://catalog:%3$d/', at: catalog-v1.default}
                        - {name: unknown, url: 'http://catalog:8080/', at: nobody.default}
                        """.formatted(sidecar.address(), broken.address(), server.port()),
                        new Proxy("p", "default", "catalog-v1", URI.create("http://127.0.0.1:15000")))) {
            assertThat(probes.run())
                    .containsEntry("through probe_success", 1.0)
                    .containsEntry("broken probe_success", 0.0)
                    .containsEntry("broken probe_http_status_code", 503.0)
                    .containsEntry("around probe_success", 1.0)
                    .containsEntry("unknown probe_success", 0.0);
            assertThat(sidecar.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET http://catalog:8080/ HTTP/1.1\n")
                    .contains("Host: catalog:8080\n");
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith("GET / HTTP/1.1\n")
                    .contains("Host: catalog:" + server.port() + "\n");
        }
    }

    @Test
    void whatIsNotHttpGoesThroughAProxyAsAConnection() throws Exception {
        try (var server = new LineServer(says("hello"));
                var proxy = new LineServer(LineServer.tunnel(server.port()));
                var broken = new LineServer(http("503 X", "", ""));
                var probes = Probes.of(folder, """
                        - {name: through, url: 'tcp://cache:6379', through: 'http://%s', send: "PING\\n\\n", matches: hello}
                        - {name: broken, url: 'tcp://cache:6379', through: 'http://%s'}
                        """.formatted(proxy.address(), broken.address()))) {
            assertThat(probes.run())
                    .containsEntry("through probe_success", 1.0)
                    .containsEntry("broken probe_success", 0.0);
            assertThat(proxy.heads()).containsExactly("CONNECT cache:6379 HTTP/1.1\nHost: cache:6379\n");
        }
    }

    @Test
    void certificatesAreVerifiedAndTheirEndIsTold() throws Exception {
        var identity = Identity.make(folder, "server", "ip:127.0.0.1");
        try (var server = new LineServer(identity.server(null), http("200 OK", "", ""));
                var probes = Probes.of(folder, """
                        - {name: known, url: 'https://%1$s/', tls_config: {ca_file: '%2$s'}}
                        - {name: stranger, url: 'https://%1$s/'}
                        """.formatted(server.address(), identity.certificate()))) {
            assertThat(probes.run())
                    .containsEntry("known probe_success", 1.0)
                    .containsKey("known probe_http_duration_seconds{phase=tls}")
                    .containsEntry("stranger probe_success", 0.0)
                    .hasEntrySatisfying(
                            "known probe_ssl_earliest_cert_expiry",
                            expiry -> assertThat(expiry)
                                    .isGreaterThan(Instant.now().getEpochSecond()));
        }
    }

    @Test
    void tcpConnectsSaysAndHears() throws Exception {
        try (var server = new LineServer((head, socket) -> {
                    says("+PONG " + head).write(head, socket);
                });
                var banner = new ServerSocket(0);
                var probes = Probes.of(folder, """
                        - {name: opens, url: 'tcp://127.0.0.1:%2$d'}
                        - {name: talks, url: 'tcp://%1$s', send: "PING\\n\\n", matches: '^\\+PONG PING'}
                        - {name: lacks, url: 'tcp://%1$s', send: "PING\\n\\n", matches: OK}
                        - {name: silent, url: 'tcp://127.0.0.1:%2$d', matches: OK}
                        - {name: closed, url: 'tcp://127.0.0.1:%3$d'}
                        """.formatted(server.address(), banner.getLocalPort(), unused()))) {
            assertThat(probes.run())
                    .containsEntry("opens probe_success", 1.0)
                    .containsEntry("talks probe_success", 1.0)
                    .containsEntry("lacks probe_success", 0.0)
                    .containsEntry("lacks probe_failed_due_to_regex", 1.0)
                    .containsEntry("silent probe_success", 0.0)
                    .containsEntry("closed probe_success", 0.0)
                    .containsKey("talks probe_tcp_duration_seconds{phase=connect}");
        }
    }

    @Test
    void badServersFailAndEnd() throws Exception {
        try (var hanging = new ServerSocket(0);
                var slow = new LineServer((head, socket) -> {
                    says("HTTP/1.1 200 OK\r\n\r\n").write(head, socket);
                    while (true) {
                        socket.getOutputStream().write('x');
                        socket.getOutputStream().flush();
                        Thread.onSpinWait();
                    }
                });
                var liar = new LineServer(says("SSH-2.0-lies\r\n"));
                var probes = Probes.of(folder, """
                        - {name: hanging, url: 'http://127.0.0.1:%d/'}
                        - {name: endless, url: 'http://%s/'}
                        - {name: liar, url: 'http://%s/'}
                        """.formatted(hanging.getLocalPort(), slow.address(), liar.address()))) {
            assertThat(probes.run())
                    .containsEntry("hanging probe_success", 0.0)
                    .containsEntry("endless probe_success", 0.0)
                    .containsEntry("endless probe_http_status_code", 200.0)
                    .containsEntry("liar probe_success", 0.0);
        }
    }

    @Test
    void manyProbesTakeTurns() throws Exception {
        try (var server = new LineServer(http("200 OK", "", ""));
                var probes = Probes.of(
                        folder,
                        IntStream.range(0, 100)
                                .mapToObj(i -> "- {name: p%d, url: 'http://%s/'}\n".formatted(i, server.address()))
                                .collect(Collectors.joining()))) {
            assertThat(probes.run().entrySet())
                    .filteredOn(entry -> entry.getKey().endsWith("probe_success"))
                    .hasSize(100)
                    .allMatch(entry -> entry.getValue() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {url: 'http://host/'}",
                "- {name: a}",
                "- {name: a, url: 'ftp://host/'}",
                "- {name: a, url: 'tcp://host'}",
                "- {name: a, url: 'http://me:s3cret@host/'}",
                "- {name: a, url: 'http://h/', through: 'http://me:s3cret@proxy/'}",
                "- {name: a, url: 'http://h/', through: 'a.b', at: 'c.d'}",
                "- {name: a, url: 'http://h/', matches: '('}",
                "- {name: a, url: 'http://h/', valid_statuses: [999]}",
                "- {name: a, url: 'http://h/', send: x}",
                "- {name: a, url: 'grpc://h:1', matches: x}",
                "- {name: a, url: 'tcp://h:1', basic_auth: {username: a}}",
                "- {name: a, url: 'http://h/'}\n- {name: a, url: 'http://h/'}",
                "- {name: 'a b', url: 'http://h/'}",
                "- {name: a, url: 'http://h/', method: POST}",
            })
    void aWrongFileIsRefusedByLine(String probes) {
        assertThatThrownBy(() -> Probes.of(folder, probes))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("probes.yml:");
    }

    private static int unused() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
