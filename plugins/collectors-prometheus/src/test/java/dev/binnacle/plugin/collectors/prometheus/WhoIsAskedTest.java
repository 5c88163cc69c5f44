package dev.binnacle.plugin.collectors.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.Identity;
import dev.binnacle.prometheus.http.Shown;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where connections lead, who has to be there, and what it is told. */
class WhoIsAskedTest {
    private static final String ID = "spiffe://cluster.local/ns/default/sa/catalog";

    @TempDir
    private static Path identities;

    private static Identity server;
    private static Identity other;

    private final List<Scraping> running = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void makeIdentities() throws Exception {
        server = Identity.make(identities, "server", "ip:127.0.0.1,uri:" + ID);
        other = Identity.make(identities, "other", "dns:elsewhere");
    }

    @Test
    void aServerHasToBeWhoItIsSaidToBe() throws Exception {
        String trust = "ca_file: " + server.certificate();
        try (var target = FakeTarget.over(server.server(null), FakeTarget.page("a 1\n"))) {
            scrape(target, trust).succeeded();
            scrape(target, "insecure_skip_verify: true").succeeded();
            scrape(target, trust + ", server_name: '" + ID + "'").succeeded();

            assertRefused(target, "");
            assertRefused(target, "ca_file: " + other.certificate());
            assertRefused(target, trust + ", server_name: elsewhere");
            assertRefused(target, trust + ", server_name: '" + ID + "2'");
            // An id is worth nothing in a certificate that nobody signed.
            assertRefused(target, "insecure_skip_verify: true, server_name: '" + ID + "'");
        }
    }

    @Test
    void aServerThatWantsACertificateGetsIt() throws Exception {
        try (var target = FakeTarget.over(server.server(other), FakeTarget.page("a 1\n"))) {
            String trust = "ca_file: " + server.certificate();

            scrape(target, trust + ", cert_file: " + other.certificate() + ", key_file: " + other.key())
                    .succeeded();
            assertRefused(target, trust);
        }
    }

    @Test
    void credentialsAreThoseOfTheFileAtTheTime() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "one\n");
        try (var target = FakeTarget.serving("a 1\n");
                var scraping = Scraping.of(target, "authorization: {credentials_file: " + token + "}")) {
            scraping.succeeded();
            assertThat(target.requests().getLast()).contains("Authorization: Bearer one\n");
            Files.writeString(token, "two\n");
            Awaitility.await().until(() -> target.requests().getLast().contains("Authorization: Bearer two\n"));
        }
    }

    @Test
    void aPasswordIsSentAsItShouldBe() throws Exception {
        try (var target = FakeTarget.serving("a 1\n");
                var scraping = Scraping.of(target, "basic_auth: {username: me, password: secret}")) {
            scraping.succeeded();
            assertThat(target.requests().getLast()).contains("Authorization: Basic bWU6c2VjcmV0\n");
        }
    }

    @Test
    void redirectsAreFollowedWithoutCredentials() throws Exception {
        try (var elsewhere = FakeTarget.serving("a 1\n");
                var target = FakeTarget.answering(redirect("http://" + elsewhere.address() + "/there"));
                var scraping = Scraping.of(target, "basic_auth: {username: me, password: secret}");
                var stubborn = Scraping.of(target, "follow_redirects: false")) {
            assertThat(scraping.succeeded()).containsEntry("a{}", "1");
            assertThat(target.requests())
                    .anySatisfy(request -> assertThat(request).contains("Authorization: "));
            assertThat(elsewhere.requests().getLast())
                    .startsWith("GET /there HTTP/1.1\n")
                    .doesNotContain("Authorization");
            stubborn.failed();

            target.answer(redirect("/metrics"));
            scraping.failed();
            target.answer(redirect("file:///etc/passwd"));
            scraping.failed();
        }
    }

    @Test
    void messagesHaveNoSecretsOfUrls() {
        assertThat(Shown.of(URI.create("http://me:secret@host:80/path?token=secret")))
                .isEqualTo("http://host:80/path");
    }

    @Test
    void noRedirectLeadsToMetadata() throws Exception {
        try (var target = FakeTarget.answering(redirect("http://169.254.169.254/latest/meta-data/"));
                var scraping = Scraping.of(target, "")) {
            scraping.failed();
            assertThat(scraping.meters().get("failed_scrapes")).isPositive();
        }
        try (var scraping = Scraping.of(Scraping.job("169.254.169.254:80", ""), folder)) {
            scraping.failed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.0.1",
                "fe80::1",
                "::ffff:169.254.169.254",
                "fd00:ec2::254",
                "100.100.100.200",
                "0.0.0.0",
                "::",
                "224.0.0.1"
            })
    void specialAddressesAreRefused(String address) throws Exception {
        assertThat(AddressRule.STANDARD.permits(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "10.0.0.1", "192.168.1.1", "8.8.8.8", "fd00::1", "2001:db8::1"})
    void ordinaryAddressesAreNot(String address) throws Exception {
        assertThat(AddressRule.STANDARD.permits(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void whatIsAllowedIsAllowedAndNotMore() throws Exception {
        var rule = new AddressRule(List.of("169.254.20.0/23", "fe80::1"));

        assertThat(rule.permits(InetAddress.getByName("169.254.21.255"))).isTrue();
        assertThat(rule.permits(InetAddress.getByName("169.254.22.0"))).isFalse();
        assertThat(rule.permits(InetAddress.getByName("fe80::1"))).isTrue();
        assertThat(rule.permits(InetAddress.getByName("fe80::2"))).isFalse();
        for (String wrong : List.of("localhost", "10.0.0.0/33", "10.0.0.0/", "x/8", "")) {
            assertThatThrownBy(() -> new AddressRule(List.of(wrong)))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @AfterEach
    void end() {
        running.forEach(Scraping::close);
    }

    private Scraping scrape(FakeTarget target, String tls) throws Exception {
        String options = "scheme: https\ntls_config: {" + tls + "}";
        var scraping = Scraping.of(Scraping.job(target.address(), options).replace("200ms", "400ms"), folder);
        running.add(scraping);
        return scraping;
    }

    private void assertRefused(FakeTarget target, String tls) throws Exception {
        var scraping = scrape(target, tls);
        scraping.failed();
        scraping.close();
        assertThat(scraping.scrapes())
                .as(tls)
                .allSatisfy(scrape -> assertThat(Scraping.shown(scrape)).containsEntry("up{}", "0"));
    }

    private static FakeTarget.Answer redirect(String where) {
        return FakeTarget.answer("302 Found", "Location: " + where + "\r\n", "moved".getBytes(StandardCharsets.UTF_8));
    }
}
