package dev.binnacle.plugin.collectors.mesh.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.binnacle.spi.model.Labels;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each reader makes of the pages of a real Envoy. */
class PageReadersTest {
    private static final Instant AT = Instant.parse("2026-11-22T20:00:00Z");
    private static final Labels POD = Labels.of("pod", "a");

    static List<PageReader> readers() {
        return List.of(
                new ServerInfoReader(),
                new ClustersReader("xds-grpc"),
                new CertificatesReader(),
                ConfigDumpReader.LISTENERS,
                ConfigDumpReader.CLUSTERS,
                ConfigDumpReader.ROUTES);
    }

    @Test
    void serverInfoTellsVersionStateAndUptime() throws Exception {
        assertThat(read(new ServerInfoReader()))
                .containsEntry("binnacle_envoy_info{pod=\"a\",version=\"1.40.0\"}", 1.0)
                .containsEntry("binnacle_envoy_live{pod=\"a\"}", 1.0)
                .containsEntry("binnacle_envoy_uptime_seconds{pod=\"a\"}", 4.0);
    }

    @Test
    void clustersTellHealthConnectionsAndTheControlPlane() throws Exception {
        var inventory = "cluster=\"outbound|8080||inventory.default.svc.cluster.local\"";
        var orders = "cluster=\"outbound|9090||orders.default.svc.cluster.local\"";

        assertThat(read(new ClustersReader("xds-grpc")))
                .containsEntry("binnacle_envoy_cluster_endpoints{" + inventory + ",health=\"healthy\",pod=\"a\"}", 1.0)
                .containsEntry(
                        "binnacle_envoy_cluster_endpoints{" + inventory + ",health=\"unhealthy\",pod=\"a\"}", 1.0)
                .containsEntry("binnacle_envoy_cluster_active_connections{" + inventory + ",pod=\"a\"}", 1.0)
                .containsEntry("binnacle_envoy_cluster_ejected_endpoints{" + inventory + ",pod=\"a\"}", 0.0)
                .containsEntry("binnacle_envoy_cluster_endpoints{" + orders + ",health=\"healthy\",pod=\"a\"}", 0.0)
                .containsEntry("binnacle_envoy_control_plane_connected{pod=\"a\"}", 0.0)
                .hasSize(13);
    }

    @Test
    void anEjectedEndpointIsUnhealthy() throws Exception {
        var page = JsonMapper.builder().build().readTree("""
                {"cluster_statuses": [{"name": "c", "host_statuses": [
                  {"health_status": {"failed_outlier_check": true, "eds_health_status": "HEALTHY"}},
                  {"health_status": {"eds_health_status": "HEALTHY"}}]}]}
                """);
        var samples = new ClustersReader("xds-grpc").read(page, POD, AT);

        assertThat(samples)
                .extracting(Object::toString)
                .contains(
                        "binnacle_envoy_cluster_ejected_endpoints{cluster=\"c\",pod=\"a\"} 1.0 @ " + AT,
                        "binnacle_envoy_cluster_endpoints{cluster=\"c\",health=\"unhealthy\",pod=\"a\"} 1.0 @ " + AT);
    }

    @Test
    void certificatesTellTheFirstExpiryOfEachKind() throws Exception {
        double expiry = Instant.parse("2027-02-20T19:50:17Z").getEpochSecond();

        assertThat(read(new CertificatesReader()))
                .containsEntry(
                        "binnacle_envoy_certificate_expiry_timestamp_seconds{kind=\"workload\",pod=\"a\"}", expiry)
                .containsEntry(
                        "binnacle_envoy_certificate_remaining_seconds{kind=\"workload\",pod=\"a\"}",
                        expiry - AT.getEpochSecond())
                .containsKey("binnacle_envoy_certificate_expiry_timestamp_seconds{kind=\"root\",pod=\"a\"}")
                .hasSize(4);
    }

    @Test
    void whatAGatewayWasGivenIsToldApartFromItsOwnCertificate() throws Exception {
        var page = JsonMapper.builder().build().readTree("""
                {"certificates": [
                  {"cert_chain": [{"subject_alt_names": [{"uri": "spiffe://cluster.local/ns/a/sa/a"}],
                    "expiration_time": "2027-01-01T00:00:00Z"}]},
                  {"cert_chain": [{"subject_alt_names": [{"dns": "shop.example.com"}],
                    "expiration_time": "2026-12-01T00:00:00Z"}]},
                  {"cert_chain": [{"expiration_time": "2026-12-02T00:00:00Z"}]}]}
                """);

        assertThat(new CertificatesReader().read(page, POD, AT))
                .extracting(Object::toString)
                .contains(
                        "binnacle_envoy_certificate_expiry_timestamp_seconds{kind=\"workload\",pod=\"a\"} 1.7987616E9 @ "
                                + AT,
                        "binnacle_envoy_certificate_expiry_timestamp_seconds{kind=\"credential\",pod=\"a\"} 1.7960832E9 @ "
                                + AT)
                .hasSize(4);
    }

    @Test
    void aRefusedListenerIsSeenAndTheOldVersionStays() throws Exception {
        var listeners = read(ConfigDumpReader.LISTENERS);

        assertThat(listeners)
                .containsEntry("binnacle_envoy_config_resources{pod=\"a\",type=\"listeners\"}", 2.0)
                .containsEntry("binnacle_envoy_config_rejected{pod=\"a\",type=\"listeners\"}", 1.0)
                .containsEntry(
                        "binnacle_envoy_config_last_updated_timestamp_seconds{pod=\"a\",type=\"listeners\"}",
                        Instant.parse("2026-11-22T19:52:16.516Z").toEpochMilli() / 1e3);
        assertThat(listeners.keySet()).anyMatch(name -> name.startsWith("binnacle_envoy_config_version_info{"));
        assertThat(read(ConfigDumpReader.CLUSTERS))
                .containsEntry("binnacle_envoy_config_resources{pod=\"a\",type=\"clusters\"}", 2.0)
                .containsEntry("binnacle_envoy_config_rejected{pod=\"a\",type=\"clusters\"}", 0.0);
    }

    @Test
    void noRoutesAtAllIsAnAnswer() throws Exception {
        assertThat(read(ConfigDumpReader.ROUTES))
                .containsEntry("binnacle_envoy_config_resources{pod=\"a\",type=\"routes\"}", 0.0)
                .hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void aPageOfSomethingElseIsRefused(PageReader reader) throws Exception {
        var page = JsonMapper.builder().build().readTree("{\"error\": \"nobody here\"}");

        assertThatThrownBy(() -> reader.read(page, POD, AT)).isInstanceOf(UnexpectedPageException.class);
    }

    private static TreeMap<String, Double> read(PageReader reader) throws Exception {
        var values = new TreeMap<String, Double>();
        for (var sample : reader.read(Recorded.page(reader), POD, AT)) {
            assertThat(values.put(sample.series().toString(), sample.value())).isNull();
        }
        return values;
    }
}
