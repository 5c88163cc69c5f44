package dev.binnacle.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.xds.ProxyStatus;
import dev.binnacle.xds.ProxyStatus.TypeStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How far each connected Envoy is, as istiod tells it: what reads istiod reads this. */
@Path("/debug/syncz")
@Tag(name = "mesh")
public class SyncResource {
    private static final String CLUSTER = "Kubernetes";

    private final MeshRuntime mesh;

    SyncResource(MeshRuntime mesh) {
        this.mesh = mesh;
    }

    /** One Envoy, in the words of istiod. */
    public record SyncStatus(
            @JsonProperty("cluster_id") String cluster,
            @JsonProperty("proxy") String proxy,
            @JsonProperty("proxy_type") String type,
            @JsonProperty("istio_version") String version,
            @JsonProperty("resources") Map<String, ResourceStatus> resources) {
        static SyncStatus of(ProxyStatus status) {
            var resources = new TreeMap<String, ResourceStatus>();
            status.types().forEach((type, known) -> {
                if (known.sent().isPresent()) {
                    resources.put(type.typeUrl(), ResourceStatus.of(known));
                }
            });
            String kind = status.nodeId().split("~", 2)[0];
            return new SyncStatus(CLUSTER, status.proxy(), kind, status.version(), resources);
        }
    }

    /**
     * One type of an Envoy's resources.
     *
     * @param sent the version that it should have
     * @param acked the same when it has that
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ResourceStatus(
            String sent, Optional<String> acked, Optional<String> sentTime, Optional<String> lastError) {
        static ResourceStatus of(TypeStatus known) {
            return new ResourceStatus(
                    known.version(),
                    known.acked() ? Optional.of(known.version()) : Optional.empty(),
                    known.sent().map(Object::toString),
                    known.error());
        }
    }

    @GET
    @Operation(summary = "Every connected Envoy with what it was sent and has acknowledged, in istiod's format")
    public List<SyncStatus> syncz() {
        return mesh.controller().controlPlane().proxies().stream()
                .filter(ProxyStatus::connected)
                .map(SyncStatus::of)
                .sorted(Comparator.comparing(SyncStatus::proxy))
                .toList();
    }
}
