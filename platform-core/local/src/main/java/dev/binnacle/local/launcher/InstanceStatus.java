package dev.binnacle.local.launcher;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code status -o json} prints, field by field: other tools rely on it. */
public record InstanceStatus(
        Endpoint app,
        Endpoint prometheus,
        Endpoint alertmanager,
        Endpoint pushgateway,
        Ingress ingress,
        List<PodStatus> pods) {

    /** A server people use; {@code pid} is null while it does not run. */
    public record Endpoint(String url, @Nullable Long pid) {}

    /** Where the ingress gateway is reached; null without one. */
    public record Ingress(@Nullable String http, @Nullable String https) {}

    /** One pod; {@code sidecar} is null for a pod without Envoy. */
    public record PodStatus(
            String name,
            String namespace,
            String app,
            String version,
            boolean ready,
            String podIp,
            String appIp,
            Map<String, Integer> ports,
            @Nullable Long pid,
            int restarts,
            @Nullable Sidecar sidecar) {}

    /**
     * A pod's Envoy.
     *
     * @param admin read-only
     * @param synced whether it has acknowledged everything the app published for it
     */
    public record Sidecar(@Nullable Long pid, String stats, String admin, boolean synced) {}
}
