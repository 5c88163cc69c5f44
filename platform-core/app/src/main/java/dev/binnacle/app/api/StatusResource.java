package dev.binnacle.app.api;

import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.xds.ProxyStatus;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The application itself. */
@Path("/api/v1/status")
@Tag(name = "status")
public class StatusResource {
    private final MeshRuntime mesh;
    private final String version;

    StatusResource(MeshRuntime mesh, @ConfigProperty(name = "quarkus.application.version") String version) {
        this.mesh = mesh;
        this.version = version;
    }

    /**
     * The application in a few numbers.
     *
     * @param mode {@code local} or {@code kubernetes}
     * @param instance the first address of the instance's block; absent while no launcher has written a topology
     * @param xdsPort where Envoys connect; absent when istiod configures them
     */
    public record Status(
            String version,
            String mode,
            Optional<String> instance,
            Optional<Integer> xdsPort,
            int pods,
            int resources,
            int errors,
            int proxies,
            int synced) {}

    @GET
    @Operation(summary = "Version, instance and a few numbers")
    public Status status() {
        var controller = mesh.controller();
        var state = controller.state();
        var proxies = controller.controlPlane().proxies();
        var port = mesh.xdsPort();
        return new Status(
                version,
                mesh.mode().name().toLowerCase(Locale.ROOT),
                state.topology().map(MeshTopology::base),
                port.isPresent() ? Optional.of(port.getAsInt()) : Optional.empty(),
                state.pods().size(),
                state.manifests().resources().size(),
                state.errors() + controller.rejected().size(),
                proxies.size(),
                (int) proxies.stream().filter(ProxyStatus::synced).count());
    }
}
