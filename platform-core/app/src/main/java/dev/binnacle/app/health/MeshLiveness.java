package dev.binnacle.app.health;

import dev.binnacle.app.mesh.MeshRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the manifests and the topology are looked at. */
@Liveness
@ApplicationScoped
public class MeshLiveness implements HealthCheck {
    private final MeshRuntime mesh;

    MeshLiveness(MeshRuntime mesh) {
        this.mesh = mesh;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder()
                .name("mesh-poll")
                .status(mesh.polling())
                .build();
    }
}
