package dev.binnacle.plugin.collectors.mesh.istiod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an istiod's page becomes. */
class SyncReportTest {
    private static final Instant AT = Instant.parse("2026-11-23T15:00:03.515Z");

    @Test
    void aRealPageGivesCountsAndDetails() throws Exception {
        try (var page = getClass().getResourceAsStream("/istiod-1.31/syncz.json")) {
            var samples = samples(SyncPage.read(page), 500);

            assertThat(samples)
                    .containsEntry("istiod_up{istiod=\"i\"}", 1.0)
                    .containsEntry("istiod_proxies{istiod=\"i\",kind=\"sidecar\",version=\"1.31.0\"}", 2.0)
                    .containsEntry("istiod_proxies{istiod=\"i\",kind=\"sidecar\",version=\"1.30.2\"}", 1.0)
                    .containsEntry("istiod_proxies{istiod=\"i\",kind=\"router\",version=\"1.31.0\"}", 1.0)
                    .containsEntry("istiod_proxies_by_status{istiod=\"i\",status=\"error\",type=\"lds\"}", 1.0)
                    .containsEntry("istiod_proxies_by_status{istiod=\"i\",status=\"stale\",type=\"lds\"}", 1.0)
                    .containsEntry("istiod_proxies_by_status{istiod=\"i\",status=\"synced\",type=\"lds\"}", 2.0)
                    .containsEntry("istiod_proxies_by_status{istiod=\"i\",status=\"not_sent\",type=\"lds\"}", 0.0)
                    .containsEntry("istiod_proxies_without_detail{istiod=\"i\"}", 0.0)
                    .containsEntry(of("istiod_proxy_status", "bad", "status=\"error\",type=\"lds\""), 1.0)
                    .containsEntry(of("istiod_proxy_status", "bad", "status=\"synced\",type=\"lds\""), 0.0)
                    .containsEntry(of("istiod_proxy_unacknowledged_seconds", "bad", "type=\"lds\""), 29.999)
                    .containsEntry(of("istiod_proxy_unacknowledged_seconds", "slow", "type=\"cds\""), 30.0)
                    .containsEntry(of("istiod_proxy_unacknowledged_seconds", "foo", "type=\"cds\""), 0.0)
                    .containsEntry(of("istiod_proxy_sent_timestamp_seconds", "foo", "type=\"cds\""), 1795445973.515);
        }
    }

    @Test
    void manyProxiesAreCountedAndThoseInTroubleHaveDetails() throws Exception {
        String page = IntStream.range(0, 1000)
                .mapToObj(i ->
                        "{\"proxy\":\"p%d.n\",\"istio_version\":\"%d\",\"cluster_sent\":\"1\",\"cluster_acked\":\"%d\"}"
                                .formatted(i, i, i == 777 ? 0 : 1))
                .collect(Collectors.joining(",", "[", "]"));
        var samples = samples(SyncPageTest.read(page), 2);

        assertThat(samples)
                .containsEntry("istiod_proxies_by_status{istiod=\"i\",status=\"synced\",type=\"cds\"}", 999.0)
                .containsEntry("istiod_proxies{istiod=\"i\",kind=\"other\",version=\"other\"}", 980.0)
                .containsEntry("istiod_proxies_without_detail{istiod=\"i\"}", 998.0)
                .containsKey(
                        "istiod_proxy_status{istiod=\"i\",namespace=\"n\",pod=\"p777\",status=\"stale\",type=\"cds\"}")
                .hasSizeLessThan(90);
    }

    private static String of(String name, String pod, String rest) {
        return name + "{istiod=\"i\",namespace=\"default\",pod=\"" + pod + "\"," + rest + "}";
    }

    private static Map<String, Double> samples(Collection<ProxySync> proxies, int most) {
        var values = new LinkedHashMap<String, Double>();
        new SyncReport("i", AT)
                .of(proxies, most)
                .forEach(sample -> values.put(sample.series().toString(), sample.value()));
        return values;
    }
}
