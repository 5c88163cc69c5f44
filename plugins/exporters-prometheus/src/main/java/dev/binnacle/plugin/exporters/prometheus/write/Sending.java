package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.prometheus.config.RemoteWriteConfig;
import java.time.Duration;

/**
 * What is sent to a receiver.
 *
 * @param ageLimit samples that are older are not; zero when all are
 * @param metadataInterval how often types, units and helps are, with 1.0; zero when they are not
 */
record Sending(WriteVersion version, Duration ageLimit, Duration metadataInterval) {
    /** Returns that everything is sent, by this version. */
    static Sending everything(WriteVersion version) {
        return new Sending(version, Duration.ZERO, RemoteWriteConfig.METADATA_INTERVAL);
    }
}
