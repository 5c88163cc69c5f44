package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/** Services: that they are there, and of what type. */
public final class Services implements ReportedKind<Service, Services.Facts> {
    private static final MetricFamily INFO =
            MetricFamily.gauge("kube_service_info", "", "The addresses of the service; always 1");
    private static final MetricFamily TYPE =
            MetricFamily.gauge("kube_service_spec_type", "", "The type of the service; always 1");

    /**
     * What is kept of a service.
     *
     * @param identity the labels namespace, service and uid
     */
    public record Facts(Labels identity, String clusterIp, String externalName, String type) {}

    @Override
    public String resource() {
        return "services";
    }

    @Override
    public Class<Service> type() {
        return Service.class;
    }

    @Override
    public Service empty() {
        return new Service();
    }

    @Override
    public Facts read(Service service) {
        var metadata = service.getMetadata();
        var spec = Optional.ofNullable(service.getSpec()).orElseGet(ServiceSpec::new);
        return new Facts(
                Labels.of(
                        "namespace", Texts.of(metadata.getNamespace()),
                        "service", Texts.of(metadata.getName()),
                        "uid", Texts.of(metadata.getUid())),
                Texts.of(spec.getClusterIP()),
                Texts.of(spec.getExternalName()),
                Texts.of(spec.getType()));
    }

    @Override
    public void report(Collection<Facts> present, Instant at, Consumer<Sample> out) {
        for (var service : present) {
            var info = service.identity()
                    .with("cluster_ip", service.clusterIp())
                    .with("external_name", service.externalName());
            out.accept(INFO.sample(info, 1, at));
            out.accept(TYPE.sample(service.identity().with("type", service.type()), 1, at));
        }
    }
}
