package dev.binnacle.plugin.collectors.mesh.istiod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of an istiod's page. */
class SyncPageTest {
    @Test
    void aRealPageTellsWhoIsSyncedWhoIsStaleAndWhoRefuses() throws Exception {
        try (var page = getClass().getResourceAsStream("/istiod-1.31/syncz.json")) {
            var proxies = SyncPage.read(page);

            assertThat(proxies)
                    .extracting(ProxySync::id, ProxySync::kind, ProxySync::version)
                    .hasToString(
                            "[(\"bad.default\", \"sidecar\", \"1.31.0\"), (\"foo.default\", \"sidecar\", \"1.31.0\"),"
                                    + " (\"gw.default\", \"router\", \"1.31.0\"), (\"slow.default\", \"sidecar\", \"1.30.2\")]");
            assertThat(states(proxies))
                    .containsEntry("bad", "{cds=SYNCED, eds=SYNCED, lds=ERROR}")
                    .containsEntry("foo", "{cds=SYNCED, eds=SYNCED, lds=SYNCED, rds=SYNCED}")
                    .containsEntry("gw", "{cds=SYNCED, eds=SYNCED, lds=SYNCED, rds=SYNCED}")
                    .containsEntry("slow", "{cds=STALE, eds=STALE, lds=STALE, rds=STALE}");
            var refused = proxies.iterator().next().types().get("lds");
            assertThat(refused.error()).contains("Didn't find a registered implementation for 'nobody.knows.it'");
            assertThat(refused.sent()).isEqualTo(Instant.parse("2026-11-23T14:59:33.515534631Z"));
        }
    }

    @Test
    void anOlderPageHasNoncesOnly() throws Exception {
        assertThat(states(read("""
                [{"proxy":"a.b.c","cluster_sent":"1","cluster_acked":"1","listener_sent":"2","listener_acked":"1"}]
                """)))
                .isEqualTo(Map.of("a.b", "{cds=SYNCED, ecds=NOT_SENT, eds=NOT_SENT, lds=STALE, rds=NOT_SENT}"));
    }

    @Test
    void whatWasNeverSentHasNoTime() throws Exception {
        var proxy = read("""
                [{"proxy":"a","resources":{"x/istio.networking.nds.v1.NameTable":{"sentTime":"0001-01-01T00:00:00Z"}}}]
                """).iterator().next();

        assertThat(proxy.types()).isEqualTo(Map.of("nds", new TypeSync(SyncState.NOT_SENT, null, "")));
        assertThat(proxy.namespace()).isEmpty();
    }

    @Test
    void typesThatNobodyKnowsAreOneAndTheirWorstCounts() throws Exception {
        assertThat(states(read("""
                [{"proxy":"a.b","resources":{"x/one":{"sent":"1"},"two":{"sent":"1","acked":"1"}}}]
                """))).isEqualTo(Map.of("a", "{other=STALE}"));
    }

    @Test
    void ofAProxyThatIsThereTwiceTheLaterCounts() throws Exception {
        String url = "type.googleapis.com/envoy.config.cluster.v3.Cluster";
        assertThat(states(read("""
                [{"proxy":"a.b","resources":{"%1$s":{"sent":"2","acked":"2","sentTime":"2026-01-01T00:00:02Z"}}},
                 {"proxy":"a.b","resources":{"%1$s":{"sent":"1","sentTime":"2026-01-01T00:00:01Z"}}}]
                """.formatted(url)))).isEqualTo(Map.of("a", "{cds=SYNCED}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>", "[", "[1]", "[{}]", "[{\"proxy\":\"a\"", "null"})
    void whatIsNoSuchPageIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageStartingWith("the page is not");
    }

    @Test
    void depthHasALimit() {
        assertThatThrownBy(() -> read("[{\"proxy\":" + "[".repeat(100_000))).isInstanceOf(IOException.class);
    }

    static Collection<ProxySync> read(String text) throws IOException {
        return SyncPage.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> states(Collection<ProxySync> proxies) {
        var states = new TreeMap<String, String>();
        for (var proxy : proxies) {
            var types = new TreeMap<String, SyncState>();
            proxy.types().forEach((type, sync) -> types.put(type, sync.state()));
            states.put(proxy.pod(), types.toString());
        }
        return states;
    }
}
