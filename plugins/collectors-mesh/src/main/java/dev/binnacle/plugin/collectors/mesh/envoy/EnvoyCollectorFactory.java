package dev.binnacle.plugin.collectors.mesh.envoy;

import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import java.time.Duration;
import java.util.List;

/** Makes {@code collector-envoy}. */
public final class EnvoyCollectorFactory implements CollectorFactory {
    static final ConfigKey<Duration> TIMEOUT =
            new ConfigKey<>("timeout", ValueType.DURATION, "3s", "How long one page of one Envoy may take");
    static final ConfigKey<String> CONTROL_PLANE_CLUSTER = new ConfigKey<>(
            "control-plane-cluster",
            ValueType.TEXT,
            "xds-grpc",
            "The cluster through which Envoy reaches its control plane");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-envoy",
                Stability.BETA,
                "Reads cluster health, synchronisation and certificate expiry of every Envoy in the mesh",
                List.of(TIMEOUT, CONTROL_PLANE_CLUSTER),
                Capabilities.hosts("{mesh}"));
    }

    @Override
    public Collector create(ExtensionContext context) {
        var admin = new AdminClient(context.http(), context.settings().get(TIMEOUT));
        return new EnvoyCollector(
                context.mesh(), new ProxyVisit(admin, context.settings().get(CONTROL_PLANE_CLUSTER)), context.log());
    }
}
