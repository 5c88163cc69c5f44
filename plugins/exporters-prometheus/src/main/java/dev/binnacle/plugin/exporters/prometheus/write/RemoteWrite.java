package dev.binnacle.plugin.exporters.prometheus.write;

import dev.binnacle.prometheus.config.RemoteWriteConfig;
import dev.binnacle.prometheus.relabel.Relabeling;
import dev.binnacle.prometheus.sink.Endpoint;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Labels;
import java.time.InstantSource;

/** Makes exporters from Prometheus' configuration. */
public final class RemoteWrite {
    private RemoteWrite() {}

    /**
     * Returns an exporter for one receiver.
     *
     * @param external what every series gets that does not have it
     */
    public static Exporter exporter(
            RemoteWriteConfig config, Labels external, InstantSource clock, Meters meters, System.Logger log) {
        boolean two = config.protobufMessage().equals(RemoteWriteConfig.WRITE_2);
        return new RemoteWriteExporter(
                new Endpoint(config.url(), config.http().with(config.headers()), config.remoteTimeout()),
                new Sending(
                        two ? WriteVersion.TWO : WriteVersion.ONE,
                        config.queue().sampleAgeLimit(),
                        config.metadataInterval()),
                new OutgoingLabels(external, new Relabeling(config.writeRelabelConfigs())),
                clock,
                meters,
                log);
    }
}
