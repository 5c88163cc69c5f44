package dev.binnacle.kubernetes.lease;

import dev.binnacle.kubernetes.access.Failures;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Lease of the cluster.
 *
 * @param name of the Lease
 */
public record KubernetesLeases(KubernetesClient client, String namespace, String name) implements LeaseStore {
    @Override
    public Optional<LeaseRecord> read() throws IOException {
        try {
            return Optional.ofNullable(client.leases()
                            .inNamespace(namespace)
                            .withName(name)
                            .get())
                    .map(KubernetesLeases::record);
        } catch (KubernetesClientException e) {
            throw failure("read", e);
        }
    }

    @Override
    public void write(LeaseRecord record) throws IOException {
        var lease = client.leases().inNamespace(namespace).resource(lease(record));
        try {
            if (record.version().isEmpty()) {
                lease.create();
            } else {
                lease.update();
            }
        } catch (KubernetesClientException e) {
            throw failure("written", e);
        }
    }

    private Lease lease(LeaseRecord record) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withResourceVersion(record.version().isEmpty() ? null : record.version())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(record.holder())
                .withLeaseDurationSeconds(
                        Math.max(1, Math.toIntExact(record.duration().toSeconds())))
                .withAcquireTime(record.acquired().atZone(ZoneOffset.UTC))
                .withRenewTime(record.renewed().atZone(ZoneOffset.UTC))
                .withLeaseTransitions(record.transitions())
                .endSpec()
                .build();
    }

    private static LeaseRecord record(Lease lease) {
        var spec = lease.getSpec();
        return new LeaseRecord(
                Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
                Duration.ofSeconds(Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 1)),
                instant(spec.getAcquireTime()),
                instant(spec.getRenewTime()),
                Objects.requireNonNullElse(spec.getLeaseTransitions(), 0),
                lease.getMetadata().getResourceVersion());
    }

    private static Instant instant(@Nullable ZonedDateTime time) {
        return time == null ? Instant.EPOCH : time.toInstant();
    }

    private IOException failure(String verb, KubernetesClientException e) {
        return new IOException(
                "the Lease " + namespace + "/" + name + " cannot be " + verb + ": " + Failures.words(e), e);
    }
}
