package dev.binnacle.app.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.app.config.Mode;
import dev.binnacle.app.mesh.MeshRuntime;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who asks, and what they may do. */
@Path("/api/v1/session")
@Tag(name = "status")
public class SessionResource {
    private static final String VIEWER = "viewer";
    private static final String OPERATOR = "operator";

    private final MeshRuntime mesh;

    SessionResource(MeshRuntime mesh) {
        this.mesh = mesh;
    }

    /**
     * What whoever asks may do.
     *
     * @param user null for everybody who reaches this address
     * @param roles {@code viewer} reads, {@code operator} changes the mesh
     * @param csrf what requests that change something send as {@code X-CSRF-Token}; null where none is asked for
     * @param login how one comes by more roles: {@code none} when there is no way
     * @param how one sentence for who may not change anything, empty for who may
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Session(
            @Nullable String user,
            List<String> roles,
            @Nullable String csrf,
            String login,
            String how) {}

    @GET
    @Operation(
            summary = "Who asks, and what they may do",
            description =
                    "On one machine whoever reaches the loopback address may change the mesh, as the binnacle command does.")
    public Session session() {
        return mesh.mode() == Mode.KUBERNETES
                ? new Session(
                        null,
                        List.of(VIEWER),
                        null,
                        "none",
                        "In a cluster the API server has the resources: change them by kubectl apply and kubectl delete.")
                : new Session(null, List.of(VIEWER, OPERATOR), null, "none", "");
    }
}
