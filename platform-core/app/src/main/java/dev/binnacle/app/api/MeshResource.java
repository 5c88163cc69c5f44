package dev.binnacle.app.api;

import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.xds.ResourcesJson;
import dev.binnacle.xds.ProxyStatus;
import dev.binnacle.xds.XdsType;
import io.fabric8.kubernetes.api.model.KubernetesList;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The mesh as it is. */
@Path("/api/v1/mesh")
@Tag(name = "mesh")
public class MeshResource {
    private final MeshRuntime mesh;
    private final KubernetesView resources;

    MeshResource(MeshRuntime mesh, KubernetesView resources) {
        this.mesh = mesh;
        this.resources = resources;
    }

    /**
     * One Envoy.
     *
     * @param proxy its pod's id
     * @param synced whether it has acknowledged everything it should have
     * @param types by {@code clusters}, {@code endpoints}, {@code listeners}, {@code filters}, {@code routes}, {@code virtual-hosts}
     */
    public record ProxyView(
            String proxy, String nodeId, boolean connected, boolean synced, Map<String, TypeView> types) {
        static ProxyView of(ProxyStatus status) {
            var types = new TreeMap<String, TypeView>();
            for (var type : XdsType.values()) {
                var known = status.types().get(type);
                if (known != null) {
                    types.put(type.plural(), new TypeView(known.version(), known.acked(), known.error()));
                }
            }
            return new ProxyView(status.proxy(), status.nodeId(), status.connected(), status.synced(), types);
        }
    }

    /**
     * One type of an Envoy's resources.
     *
     * @param version of what it should have
     * @param acked whether it has that
     * @param error which resource it refuses, and its own words why
     */
    public record TypeView(String version, boolean acked, Optional<String> error) {}

    /** Everything there is to say about the manifests. */
    public record Diagnostics(List<Diagnostic> diagnostics) {}

    @GET
    @Path("/proxies")
    @Operation(summary = "Every Envoy with what it has acknowledged and what it refuses")
    public List<ProxyView> proxies() {
        return mesh.controller().controlPlane().proxies().stream()
                .map(ProxyView::of)
                .sorted((a, b) -> a.proxy().compareTo(b.proxy()))
                .toList();
    }

    @GET
    @Path("/proxies/{proxy}/resources")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The Envoy resources that a proxy should have, as ./binnacle translate prints them",
            description =
                    "The proxy is its pod's id, NAME.NAMESPACE. Private keys are left out. 404 when there is no such proxy.")
    public String envoyResources(@PathParam("proxy") String proxy) {
        var resources = mesh.controller().state().proxies().get(proxy);
        if (resources == null) {
            throw new ProblemException(Problem.ofStatus(404, "No such proxy", "No proxy is called " + proxy));
        }
        return ResourcesJson.json(resources);
    }

    @GET
    @Path("/diagnostics")
    @Operation(
            summary = "What is wrong, or worth a warning, in the manifests in force and in changed ones not taken over")
    public Diagnostics diagnostics() {
        var controller = mesh.controller();
        return new Diagnostics(Stream.concat(controller.state().diagnostics().stream(), controller.rejected().stream())
                .distinct()
                .toList());
    }

    @GET
    @Path("/resources")
    @Operation(summary = "The valid resources in force as a Kubernetes List, overlays included")
    public KubernetesList resources(@QueryParam("kind") @Nullable String kind) {
        return resources.list(mesh.controller().state(), kind);
    }
}
