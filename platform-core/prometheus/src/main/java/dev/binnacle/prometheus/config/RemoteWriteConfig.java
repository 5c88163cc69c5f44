package dev.binnacle.prometheus.config;

import dev.binnacle.prometheus.relabel.RelabelRule;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One receiver of samples.
 *
 * @param name empty when it has none
 * @param protobufMessage {@code prometheus.WriteRequest} (1.0) or {@code io.prometheus.write.v2.Request} (2.0)
 * @param headers further headers, by name
 * @param metadataInterval how often types, units and helps are sent with 1.0; zero when they are not
 */
public record RemoteWriteConfig(
        String name,
        URI url,
        Duration remoteTimeout,
        String protobufMessage,
        Map<String, String> headers,
        List<RelabelRule> writeRelabelConfigs,
        HttpOptions http,
        QueueConfig queue,
        Duration metadataInterval) {
    /** How often types, units and helps are sent unless the configuration says otherwise. */
    public static final Duration METADATA_INTERVAL = Duration.ofMinutes(1);

    /** The message of remote write 1.0. */
    public static final String WRITE_1 = "prometheus.WriteRequest";

    /** The message of remote write 2.0. */
    public static final String WRITE_2 = "io.prometheus.write.v2.Request";

    public RemoteWriteConfig {
        headers = Map.copyOf(headers);
        writeRelabelConfigs = List.copyOf(writeRelabelConfigs);
    }
}
